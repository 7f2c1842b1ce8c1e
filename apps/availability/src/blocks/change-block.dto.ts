import { Count, Maybe, Moment, Moments, Nullable, OneOf, RuleText, Text } from '@scheduling/contracts';
import type { ChangeWish } from './change-block.policy.ts';
import type { Scope } from './divide-block.policy.ts';

const SCOPES = ['all', 'following', 'one'] as const;

/** How much of a block a request is about. */
export class ScopeQuery {
  /** All of it, one start and what follows, or one start alone; all if absent. */
  @Maybe() @OneOf(SCOPES) readonly scope?: Scope['scope'];
  /** The start, which is one of the rule's. */
  @Maybe() @Moment() readonly occurrence_at?: string;

  /** Reads how much of a block is meant. */
  static scope({ scope = 'all', occurrence_at: at }: ScopeQuery): Scope {
    return { scope, occurrenceAt: at === undefined ? undefined : new Date(at) };
  }
}

export class ChangeAvailability extends ScopeQuery {
  /** When it begins now; the end moves along unless it is given as well. */
  @Maybe() @Moment() readonly start_at?: string;
  /** When it ends now. */
  @Maybe() @Moment() readonly end_at?: string;
  /** The rule now, as a whole; null for time that comes once. */
  @Maybe() @Nullable() @RuleText() readonly rrule_string?: string | null;
  /** The IANA zone whose wall clock the rule follows now. */
  @Maybe() @Text(1, 64) readonly timezone?: string;
  /** All starts besides those of the rule. */
  @Maybe() @Moments(366) readonly rdates?: string[];
  /** All starts that do not happen. */
  @Maybe() @Moments(366) readonly exdates?: string[];
  /** Length of a lesson; null for the settings'. */
  @Maybe() @Nullable() @Count(15, 240) readonly lesson_minutes?: number | null;
  /** Price of a seat in the smallest unit of the currency; null for the settings'. */
  @Maybe() @Nullable() @Count(0, 10_000_000) readonly price_cents?: number | null;
  /** Seats of a lesson; null for the settings'. */
  @Maybe() @Nullable() @Count(1, 1000) readonly capacity?: number | null;
  /** Whether time that overlaps other availability is offered once, or nothing is changed; merge if absent. */
  @Maybe() @OneOf(['merge', 'refuse']) readonly on_conflict?: 'merge' | 'refuse';

  /** Reads what a tutor wants of a block from now on. */
  static wish(asked: ChangeAvailability): ChangeWish {
    const given = {
      startAt: asked.start_at && new Date(asked.start_at),
      endAt: asked.end_at && new Date(asked.end_at),
      rrule: asked.rrule_string,
      timezone: asked.timezone,
      rdates: asked.rdates?.map((at) => new Date(at)),
      exdates: asked.exdates?.map((at) => new Date(at)),
      lessonMinutes: asked.lesson_minutes,
      priceCents: asked.price_cents,
      capacity: asked.capacity,
    };
    const change = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
    return { ...ScopeQuery.scope(asked), change, onConflict: asked.on_conflict ?? 'merge' };
  }
}
