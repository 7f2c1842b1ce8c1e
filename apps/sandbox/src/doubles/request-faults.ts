import { seeded } from './seeded.ts';

/**
 * How requests go wrong: `status` answers so; `reset` cuts the connection before anything happens; `drop_reply` cuts it
 * after everything has happened; `hang` does nothing and never answers.
 */
export const REQUEST_FAULTS = ['status', 'reset', 'drop_reply', 'hang'] as const;
export type RequestFaultKind = (typeof REQUEST_FAULTS)[number];

/** One way in which requests go wrong; without `times` and `share` it meets every request. */
export interface RequestFault {
  readonly kind: RequestFaultKind;
  /** The status to answer, for `status`. */
  readonly status?: number;
  /** The word that the answer gives for it, where the provider has such words. */
  readonly reason?: string;
  /** How long the answer asks to be left in peace, in seconds. */
  readonly retry_after_s?: number;
  /** Only the next so many requests that it fits. */
  readonly times?: number;
  /** Only this share of the requests that it fits, between 0 and 1. */
  readonly share?: number;
  /** Only requests of this method. */
  readonly method?: string;
  /** Only requests to this path; `*` stands for one segment. */
  readonly path?: string;
}

/** What goes wrong with every provider. */
export interface RequestFaultSettings {
  /** Whoever sets the same seed meets the same faults. */
  readonly seed?: number;
  /** How long each answer takes, in milliseconds. */
  readonly latency_ms?: number;
  readonly requests?: readonly RequestFault[];
}

/** Decides what goes wrong with requests, by a seed. */
export class RequestFaults<S extends RequestFaultSettings = RequestFaultSettings> {
  protected settings: S = {} as S;
  private hits: number[] = [];
  private random = seeded(1);

  /** Takes the place of all settings before. */
  set(settings: S): void {
    this.settings = structuredClone(settings);
    this.hits = [];
    this.random = seeded(settings.seed ?? 1);
  }

  get latency(): number {
    return this.settings.latency_ms ?? 0;
  }

  /** What meets a request now, if anything; counts it. */
  meet(method: string, path: string): RequestFault | undefined {
    return this.settings.requests?.find((fault, at) => {
      if (!fits(fault, method, path)) return false;
      const hits = this.hits[at] ?? 0;
      if (hits >= (fault.times ?? Number.POSITIVE_INFINITY) || !this.draws(fault.share ?? 1)) return false;
      this.hits[at] = hits + 1;
      return true;
    });
  }

  /** Whether it happens, for a share of all cases. */
  draws(share = 0): boolean {
    return share > 0 && this.random() < share;
  }
}

function fits(fault: RequestFault, method: string, path: string): boolean {
  if (fault.method !== undefined && fault.method !== method) return false;
  if (fault.path === undefined) return true;
  const [asked, given] = [fault.path.split('/'), path.split('/')];
  return asked.length === given.length && asked.every((part, at) => part === '*' || part === given[at]);
}
