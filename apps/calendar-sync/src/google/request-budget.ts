import type { PersonId } from '@scheduling/domain';
import { Bucket } from '@scheduling/service-kit';
import { LRUCache } from 'lru-cache';

/** Half of what Google grants (10,000 a minute to a project, 600 to each of its users), so that two replicas stay within it. */
const QUOTA = { project: 5000, person: 300 } as const;
const MOST_PEOPLE = 20_000;
/** How long a person rests after Google's first no, and at most, in milliseconds. */
const REST = { first: 1000, longest: 64_000 };

/** Requests come in bursts: a fifth of a minute's grant at once. */
const bucketOf = (perMinute: number, now: number): Bucket => new Bucket({ perMinute, burst: perMinute / 5 }, now);

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
    this.all = bucketOf(QUOTA.project, now());
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
    const made = { bucket: bucketOf(QUOTA.person, this.now()), restUntil: 0, refusals: 0 };
    this.people.set(person, made);
    return made;
  }
}
