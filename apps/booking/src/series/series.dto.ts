import {
  Count,
  Currency,
  Instant,
  ListOf,
  Malformed,
  Maybe,
  MomentEnd,
  Nullable,
  OneOf,
  OpenWord,
  Part,
  Text,
  Uuid,
} from '@scheduling/contracts';
import type { BookingId, PersonId, SeriesId, SlotId } from '@scheduling/domain';
import { Type } from 'class-transformer';
import { BookingView } from '../bookings/bookings.dto.ts';
import { PAYMENT_METHODS, type PaymentMethod } from '../bookings/bookings.entity.ts';
import type { SlotOnTerms } from '../slots/slots.store.ts';
import type { Extent } from './cancel-series.policy.ts';
import type { SeriesWish } from './making.service.ts';
import type { PlannedDate } from './plan.policy.ts';
import { MOST_DATES, ON_CONFLICT, type OnConflict, SCOPES, SERIES_RULES, type SeriesRule } from './series-rules.ts';
import type { DatedLesson, WholeSeries } from './series.store.ts';

export class PreviewSeries {
  /** The slot that the series begins with; the others are at its time of day on its tutor's clock. */
  @Uuid() readonly slot_id!: SlotId;
  /** How often; `monthly` is the same day of each month that has it. */
  @OneOf(SERIES_RULES) readonly rule!: SeriesRule;
  /** So many dates, the first included. */
  @Maybe() @Count(1, MOST_DATES) readonly count?: number;
  /** Instead of a number: no date starts after this instant; 52 at most. */
  @Maybe() @MomentEnd() readonly until?: string;
  /** What becomes of a date that cannot be had: `refuse` books nothing then, `skip` leaves it out, `nearest` takes the tutor's nearest free slot within 24 hours. */
  @OneOf(ON_CONFLICT) readonly on_conflict!: OnConflict;

  /** Reads what a student asks for; refuses both or neither of count and until. */
  static wish({ slot_id: slotId, rule, count, until, on_conflict: onConflict }: PreviewSeries): SeriesWish {
    if ((count === undefined) === (until === undefined)) {
      throw Malformed.field('count', 'either count or until must be given');
    }
    return { slotId, rule, onConflict, ends: count === undefined ? { until: new Date(until!) } : { count } };
  }
}

export class MakeSeries extends PreviewSeries {
  /** How each lesson is paid for, some days before it starts. */
  @OneOf(PAYMENT_METHODS) readonly payment_method!: PaymentMethod;
}

export class CancelSeries {
  /** `one` lesson, that and whatever is `following`, or `all` that is left. */
  @OneOf(SCOPES) readonly scope!: Extent['scope'];
  /** The lesson that `one` and `following` mean. */
  @Maybe() @Uuid() readonly booking_id?: BookingId;
  /** For the other person to read. */
  @Maybe() @Text(0, 500) readonly reason?: string;

  /** Reads how much is to go. */
  static extent({ scope, booking_id: bookingId }: CancelSeries): Extent {
    if (scope === 'all') return { scope };
    if (bookingId === undefined) throw Malformed.field('booking_id', `booking_id must say which lesson, with ${scope}`);
    return { scope, bookingId };
  }
}

export class ListSeries {
  /** At most so many. */
  @Maybe() @Type(() => Number) @Count(1, 20) readonly limit: number = 10;
  /** Where the page before ended: its `next_cursor`. */
  @Maybe() @Uuid() readonly cursor?: SeriesId;
}

export class SeriesSlotView {
  /** The slot. */
  @Uuid() readonly slot_id!: SlotId;
  /** When the lesson starts, in UTC. */
  @Instant() readonly start_at!: string;
  /** When the lesson ends, in UTC. */
  @Instant() readonly end_at!: string;
  /** What the lesson costs, in the smallest unit of the currency. */
  @Count(0, 100_000_000) readonly price_cents!: number;
  /** ISO 4217. */
  @Currency() readonly currency!: string;

  /** Shows a slot that can be had. */
  static of({ id, startAt, endAt, priceCents, currency }: SlotOnTerms): SeriesSlotView {
    return {
      slot_id: id,
      start_at: startAt.toISOString(),
      end_at: endAt.toISOString(),
      price_cents: priceCents,
      currency,
    };
  }
}

const PREVIEWED = ['available', 'nearest', 'conflict', 'beyond_horizon'] as const;

export class SeriesPreviewDate {
  /** Counted from 1. */
  @Count(1, MOST_DATES) readonly number!: number;
  /** When the lesson would start by the rule, in UTC. */
  @Instant() readonly start_at!: string;
  /** `available`, or `nearest` where another slot would be taken; `conflict`; `beyond_horizon` where the tutor offers nothing yet, and it will be reserved as soon as they do. */
  @OneOf(PREVIEWED) readonly outcome!: (typeof PREVIEWED)[number];
  /** Why the date's own slot cannot be had, such as `slot_booked`, `student_busy`, `not_offered`, or `slot_planned` where other series wait for it; null where it can. */
  @Nullable() @OpenWord() readonly code!: string | null;
  /** The slot that would be booked; null without one. */
  @Nullable() @Part(() => SeriesSlotView) readonly slot!: SeriesSlotView | null;

  /** Shows what can be had of a date. */
  static of({ startAt, outcome }: PlannedDate, index: number): SeriesPreviewDate {
    return {
      number: index + 1,
      start_at: startAt.toISOString(),
      outcome: outcome.kind,
      code: 'code' in outcome ? outcome.code : null,
      slot: 'situation' in outcome ? SeriesSlotView.of(outcome.situation.slot) : null,
    };
  }
}

export class SeriesPreview {
  /** In order. */
  @ListOf(() => SeriesPreviewDate, MOST_DATES) readonly dates!: SeriesPreviewDate[];

  /** Shows a plan. */
  static of(plan: readonly PlannedDate[]): SeriesPreview {
    return { dates: plan.map((date, i) => SeriesPreviewDate.of(date, i)) };
  }
}

const OUTCOMES = ['booked', 'planned', 'skipped', 'canceled', 'not_offered'] as const;

export class SeriesDateView {
  /** Counted from 1. */
  @Count(1, MOST_DATES) readonly number!: number;
  /** When the lesson starts by the rule, in UTC. */
  @Instant() readonly start_at!: string;
  /** `planned` until the tutor offers the time; `not_offered` once they will not any more; the state of a lesson that is `booked` says the rest. */
  @OneOf(OUTCOMES) readonly outcome!: (typeof OUTCOMES)[number];
  /** Why it was skipped, or booked at another time; null otherwise. */
  @Nullable() @OpenWord() readonly code!: string | null;
  /** The lesson as it stands now; null without one. */
  @Nullable() @Part(() => BookingView) readonly booking!: BookingView | null;

  /** Shows a date; one without a slot is not waited for any more once the tutor's notice has begun. */
  static of({ number, startAt, status, code, booking }: DatedLesson, noticeUntil: Date): SeriesDateView {
    const isOver = status === 'planned' && startAt < noticeUntil;
    return {
      number,
      start_at: startAt.toISOString(),
      outcome: isOver ? 'not_offered' : status,
      code,
      booking: booking && BookingView.of(booking),
    };
  }
}

export class SeriesView {
  /** The series' id. */
  @Uuid() readonly series_id!: SeriesId;
  /** Who learns. */
  @Uuid() readonly student_id!: PersonId;
  /** Who teaches. */
  @Uuid() readonly tutor_id!: PersonId;
  /** The IANA zone whose wall clock the lessons keep. */
  @Text(1, 64) readonly timezone!: string;
  /** How often. */
  @OneOf(SERIES_RULES) readonly rule!: SeriesRule;
  /** What became of dates that could not be had. */
  @OneOf(ON_CONFLICT) readonly on_conflict!: OnConflict;
  /** How each lesson is paid for. */
  @OneOf(PAYMENT_METHODS) readonly payment_method!: PaymentMethod;
  /** The most that a lesson may cost which is planned, in the smallest unit of the currency. */
  @Count(0, 100_000_000) readonly price_cents!: number;
  /** ISO 4217. */
  @Currency() readonly currency!: string;
  /** When it was made. */
  @Instant() readonly created_at!: string;
  /** In order. */
  @ListOf(() => SeriesDateView, MOST_DATES) readonly dates!: SeriesDateView[];

  /** Shows a series to its student or its tutor. */
  static of(series: WholeSeries): SeriesView {
    return {
      series_id: series.id,
      student_id: series.studentId,
      tutor_id: series.tutorId,
      timezone: series.timezone,
      rule: series.rule,
      on_conflict: series.onConflict,
      payment_method: series.paymentMethod,
      price_cents: series.priceCents,
      currency: series.currency,
      created_at: series.createdAt.toISOString(),
      dates: series.dates.map((date) => SeriesDateView.of(date, series.noticeUntil)),
    };
  }
}

export class SeriesList {
  /** The newest first. */
  @ListOf(() => SeriesView, 20) readonly items!: SeriesView[];
  /** What to ask the next page with; null on the last one. */
  @Nullable() @Text(1, 36) readonly next_cursor!: string | null;

  /** Shows a page of series; one more than the limit tells that there is another page. */
  static of(found: readonly WholeSeries[], limit: number): SeriesList {
    const items = found.slice(0, limit).map((series) => SeriesView.of(series));
    return { items, next_cursor: found.length > limit ? items.at(-1)!.series_id : null };
  }
}
