import { Flag, Instant, ListOf, Moment, Nullable, OneOf, SomeOf, Text, Uuid } from '@scheduling/contracts';
import type { PersonId } from '@scheduling/domain';
import type { Explained, Reason } from './explain.policy.ts';
import type { Explanation } from './explain.service.ts';

const REASONS: readonly Reason[] = [
  'not_offered',
  'override',
  'time_off',
  'calendar_busy',
  'calendar_unreachable',
  'limit',
  'beyond_horizon',
  'started',
  'notice',
  'buffer',
  'cap',
  'held',
  'booked',
];

export class ExplainTime {
  /** From when; RFC 3339 with Z or an offset. */
  @Moment() readonly start!: string;
  /** Until when, exclusive; 31 days later at most. */
  @Moment() readonly end!: string;
}

export class ExplainedView {
  /** When it starts, in UTC. */
  @Instant() readonly start_at!: string;
  /** When it ends, in UTC. */
  @Instant() readonly end_at!: string;
  /** Whether a student could hold it. */
  @Flag() readonly is_bookable!: boolean;
  /** What of the tutor's offers it; null where nothing does. */
  @Nullable() @OneOf(['rule', 'once', 'override']) readonly offered_by!: Explained['offeredBy'];
  /** All that keeps it from being booked; `limit` is one lesson more than a tutor may offer. */
  @SomeOf(REASONS) readonly reasons!: Reason[];

  /** Shows an interval. */
  static of({ startAt, endAt, offeredBy, reasons }: Explained): ExplainedView {
    return {
      start_at: startAt.toISOString(),
      end_at: endAt.toISOString(),
      is_bookable: reasons.length === 0,
      offered_by: offeredBy,
      reasons: [...reasons],
    };
  }
}

export class ExplanationView {
  /** Whose time it is. */
  @Uuid() readonly tutor_id!: PersonId;
  /** The zone of the tutor's clock, by which days and weeks are counted. */
  @Text(1, 64) readonly timezone!: string;
  /** Until when all that happened to the tutor's slots had been heard; later holds and bookings may be missing. */
  @Instant() readonly as_of!: string;
  /** Each lesson that starts in the range, and intervals of a lesson's length between them, the soonest first. */
  @ListOf(() => ExplainedView, 10_000) readonly items!: ExplainedView[];

  /** Shows an explanation. */
  static of(tutorId: PersonId, { asOf, timezone, intervals }: Explanation): ExplanationView {
    return {
      tutor_id: tutorId,
      timezone,
      as_of: asOf.toISOString(),
      items: intervals.map((interval) => ExplainedView.of(interval)),
    };
  }
}
