import type { BookingId, PersonId, SeriesId } from '@scheduling/domain';
import { Count, Currency, Instant, ListOf, Nullable, OpenWord, Text, Uuid } from '../fields.ts';
import { booked, ids, lesson } from './booking.examples.ts';
import { EventType, SchedulingEvent } from './event.ts';

/** More dates than any series has. */
const MOST_DATES = 104;

/** A series, and whose it is. */
abstract class OfSeries extends SchedulingEvent {
  /** The series. */
  @Uuid() readonly series_id!: SeriesId;
  /** Who teaches. */
  @Uuid() readonly tutor_id!: PersonId;
  /** Who learns. */
  @Uuid() readonly student_id!: PersonId;
}

/** A date of a series and what became of it. */
export class BookedDate {
  /** Counted from 1. */
  @Count(1, MOST_DATES) readonly number!: number;
  /** When its lesson starts; where it has none, when that would have been by the rule. */
  @Instant() readonly start_at!: string;
  /** `booked`, `planned` where the tutor does not offer the time yet, or `skipped`. */
  @OpenWord() readonly status!: string;
  /** Why it was skipped, or is booked at another time than by the rule; null otherwise. */
  @Nullable() @OpenWord() readonly code!: string | null;
  /** The lesson's booking; null without one. */
  @Nullable() @Uuid() readonly booking_id!: BookingId | null;
}

/** A date of a series that nothing came of. */
export class SkippedDate {
  /** Counted from 1. */
  @Count(1, MOST_DATES) readonly number!: number;
  /** When the lesson would have started by the rule. */
  @Instant() readonly start_at!: string;
  /** Why, such as `student_busy` or `price_rose`. */
  @OpenWord() readonly code!: string;
}

const series = {
  series_id: '2c4f6a8e-1b3d-4e5f-8a7b-9c0d1e2f3a08',
  tutor_id: ids.tutor_id,
  student_id: ids.student_id,
};
const later = '2026-12-14T14:00:00.000Z';

/** A student has booked lessons that come back; each lesson has its own events besides. */
@EventType<SeriesBooked>({
  type: 'scheduling.booking.SeriesBooked.v1',
  key: (event) => event.tutor_id,
  examples: [
    {
      ...series,
      timezone: booked.tutor_timezone,
      price_cents: booked.price_cents,
      currency: booked.currency,
      payment_method: booked.payment_method,
      dates: [
        { number: 1, start_at: lesson.start_at, status: 'booked', code: null, booking_id: booked.booking_id },
        { number: 2, start_at: later, status: 'skipped', code: 'slot_booked', booking_id: null },
      ],
    },
  ],
})
export class SeriesBooked extends OfSeries {
  /** The IANA zone whose wall clock the lessons keep. */
  @Text(1, 64) readonly timezone!: string;
  /** The most that a lesson may cost which is planned, in the smallest unit of the currency. */
  @Count(0, 100_000_000) readonly price_cents!: number;
  /** ISO 4217. */
  @Currency() readonly currency!: string;
  /** `credit`, `stripe` or `subscription`. */
  @OpenWord() readonly payment_method!: string;
  /** In order. */
  @ListOf(() => BookedDate, MOST_DATES) readonly dates!: BookedDate[];
}

/** Dates of a series that were planned come to nothing, for good. */
@EventType<SeriesDatesSkipped>({
  type: 'scheduling.booking.SeriesDatesSkipped.v1',
  key: (event) => event.tutor_id,
  examples: [{ ...series, dates: [{ number: 2, start_at: later, code: 'student_busy' }] }],
})
export class SeriesDatesSkipped extends OfSeries {
  /** In order; no date is skipped twice. */
  @ListOf(() => SkippedDate, MOST_DATES) readonly dates!: SkippedDate[];
}
