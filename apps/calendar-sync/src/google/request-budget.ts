import type { PersonId } from '@scheduling/domain';
import { LRUCache } from 'lru-cache';

/** Half of what Google grants (10,000 a minute to a project, 600 to each of its users), so that two replicas stay within it. */
const QUOTA = { project: 5000, person: 300 } as const;
const MINUTE = 60_000;
const MOST_PEOPLE = 20_000;
/** How long a person rests after Google's first no, and at most, in milliseconds. */
const REST = { first: 1000, longest: 64_000 };

/** A bucket that fills by the minute's grant and holds a fifth of it: requests come in bursts. */
class Bucket {
  private level: number;
  private filledAt: number;

  constructor(
    private readonly perMinute: number,
    now: number,
  ) {
    this.level = perMinute / 5;
    this.filledAt = now;
  }

  /** How long until a request may be made, in milliseconds; 0 where it may be made now. */
  wait(now: number): number {
    this.level = Math.min(this.perMinute / 5, this.level + ((now - this.filledAt) * this.perMinute) / MINUTE);
    this.filledAt = now;
    return this.level >= 1 ? 0 : Math.ceil(((1 - this.level) * MINUTE) / this.perMinute);
  }

  take(): void {
    this.level -= 1;
  }
}

/** What one person may ask now. */
interface Allowance {
  readonly bucket: Bucket;
  restUntil: number;
  refusals: number;
}

/** How many requests may be made, for all and for each person: whom Google has told to wait is left in peace, and nobody else. */
export class RequestBudget {
  private readonly all: Bucket;
  private readonly people = new LRUCache<PersonId, Allowance>({ max: MOST_PEOPLE });

  constructor(private readonly now: () => number = () => performance.now()) {
    this.all = new Bucket(QUOTA.project, now());
  }

  /** Takes one request of a person's; answers 0, or how long to wait in milliseconds, and then nothing is taken. */
  take(person: PersonId): number {
    const now = this.now();
    const own = this.of(person);
    const wait = Math.max(own.restUntil - now, own.bucket.wait(now), this.all.wait(now));
    if (wait > 0) return Math.ceil(wait);
    own.bucket.take();
    this.all.take();
    return 0;
  }

  /** Google has told a person to wait, for so long or it did not say; answers how long, in milliseconds. */
  refused(person: PersonId, retryAfterMs: number | null): number {
    const own = this.of(person);
    const rest = Math.min(REST.first * 2 ** own.refusals, REST.longest) * (0.5 + Math.random() / 2);
    const wait = Math.max(retryAfterMs ?? 0, rest);
    own.refusals += 1;
    own.restUntil = this.now() + wait;
    return Math.ceil(wait);
  }

  /** Google has answered a person. */
  answered(person: PersonId): void {
    this.of(person).refusals = 0;
  }

  private of(person: PersonId): Allowance {
    const known = this.people.get(person);
    if (known) return known;
    const made = { bucket: new Bucket(QUOTA.person, this.now()), restUntil: 0, refusals: 0 };
    this.people.set(person, made);
    return made;
  }
}
