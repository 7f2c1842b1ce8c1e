/** A step of a trace. */
export interface Span {
  readonly service: string;
  readonly traceId: string;
  readonly id: string;
  readonly parentId: string | null;
  readonly name: string;
  readonly kind: string;
  /** In milliseconds since 1970. */
  readonly startAt: number;
  readonly endAt: number;
  readonly attributes: Record<string, unknown>;
  readonly hasFailed: boolean;
}

/** Takes spans as a collector does, on a free port of this machine, and keeps them in `spans`. */
export function openSink(): Promise<{
  readonly spans: Span[];
  readonly url: string;
  readonly close: () => Promise<void>;
}>;
