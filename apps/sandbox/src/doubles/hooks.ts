/** A request that is about to take effect, or has taken it and is about to be answered. */
export interface MomentOfRequest {
  readonly method: string;
  /** Without the query, such as `/v1/payment_intents/pi_…/capture`. */
  readonly path: string;
  readonly phase: 'before' | 'after';
}

/** Is awaited at both moments of each request; with `reset` the connection is cut then and there. */
export type RequestHook = (request: MomentOfRequest) => Promise<'reset' | void> | 'reset' | void;

/** Has every hook awaited; says whether one cut the connection. */
export async function isCut(hooks: ReadonlySet<RequestHook>, moment: MomentOfRequest): Promise<boolean> {
  for (const hook of hooks) if ((await hook(moment)) === 'reset') return true;
  return false;
}
