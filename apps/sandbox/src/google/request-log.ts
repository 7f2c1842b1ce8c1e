/** A request that was answered, or was not. */
export interface LoggedRequest {
  /** By Google's clock, in milliseconds. */
  readonly at: number;
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** Whose it was; empty where no token said so. */
  email: string;
  /** 0 where nobody has been answered. */
  status: number;
}

const MINUTE = 60_000;
const MOST = 200_000;
/** What one person, and all together, may ask within a minute. */
const QUOTAS = { person: 600, project: 10_000 } as const;

/** What was asked of Google; the oldest go. */
export class RequestLog {
  private kept: LoggedRequest[] = [];
  /** When people asked within the last minute, and when anybody did (by the empty name). */
  private readonly recent = new Map<string, number[]>();

  add(request: LoggedRequest): LoggedRequest {
    this.kept.push(request);
    if (this.kept.length > MOST) this.kept = this.kept.slice(-MOST / 2);
    return request;
  }

  all(): LoggedRequest[] {
    return structuredClone(this.kept);
  }

  /** Counts a request for the quotas; names the one that it is too much for. */
  isTooMuch({ email, at }: LoggedRequest): string | undefined {
    const [ofPerson, ofAll] = [this.count(email, at), this.count('', at)];
    if (ofPerson > QUOTAS.person) return 'userRateLimitExceeded';
    return ofAll > QUOTAS.project ? 'rateLimitExceeded' : undefined;
  }

  /** The most requests that anybody, and that all together, made within any minute. */
  busiest(): { person: number; project: number } {
    const asked = this.kept.filter(({ email }) => email !== '');
    const people = [...Map.groupBy(asked, ({ email }) => email).values()];
    return { person: Math.max(0, ...people.map(busiestMinute)), project: busiestMinute(asked) };
  }

  private count(who: string, at: number): number {
    const times = this.recent.get(who) ?? [];
    this.recent.set(who, times);
    while (times.length > 0 && times[0]! <= at - MINUTE) times.shift();
    return times.push(at);
  }
}

function busiestMinute(requests: readonly LoggedRequest[]): number {
  let [from, most] = [0, 0];
  requests.forEach(({ at }, to) => {
    while (requests[from]!.at <= at - MINUTE) from += 1;
    most = Math.max(most, to - from + 1);
  });
  return most;
}
