import type { PersonId } from '@scheduling/domain';
import { Count, Currency, Instant, Instants, ListOf, Maybe, Part, Text, Uuid } from '../fields.ts';
import { EventType, SchedulingEvent } from './event.ts';

/** Lessons of one length, price and size, and all instants at which they start. */
export class Opening {
  /** Length of the lesson. */
  @Count(1, 1440) readonly minutes!: number;
  /** The price of a seat, in the smallest unit of the currency. */
  @Count(0, 100_000_000) readonly price_cents!: number;
  /** Seats. */
  @Count(1, 1000) readonly capacity!: number;
  /** All instants at which such a lesson starts. */
  @Instants(2000) readonly starts!: string[];
}

/** What booking must enforce for the tutor. */
export class Terms {
  /** The tutor's IANA zone. */
  @Text(1, 64) readonly timezone!: string;
  /** ISO 4217. */
  @Currency() readonly currency!: string;
  /** Time kept free before each lesson. */
  @Count(0, 240) readonly buffer_before_minutes!: number;
  /** Time kept free after each lesson. */
  @Count(0, 240) readonly buffer_after_minutes!: number;
  /** How long before its start a lesson can be taken at the latest. */
  @Count(0, 43_200) readonly minimum_notice_minutes!: number;
  /** How many lessons may start on a day of the tutor's zone; any number if absent. */
  @Maybe() @Count(1, 96) readonly maximum_lessons_per_day?: number;
  /** How many lessons may start in a week of the tutor's zone, from Monday; any number if absent. */
  @Maybe() @Count(1, 672) readonly maximum_lessons_per_week?: number;
  /** Booking's cancellation policy that new holds keep; the default one if absent or unknown. */
  @Maybe() @Uuid() readonly cancellation_policy_id?: string;
}

/**
 * Everything that a tutor wants to teach from an instant on, and nothing else: what is not in it is not wanted.
 * A lost, repeated or late one does no harm, since the next carries all again and an older version is ignored.
 */
@EventType<OpeningsPublished>({
  type: 'scheduling.availability.OpeningsPublished.v1',
  key: (event) => event.tutor_id,
  examples: [
    {
      tutor_id: 'b1f7a3c2-52a5-4c8b-9b0e-0f6d6f4f8a01',
      schedule_version: 7,
      from_at: '2026-11-30T00:00:00.000Z',
      horizon_at: '2027-01-25T00:00:00.000Z',
      terms: {
        timezone: 'Europe/Kyiv',
        currency: 'USD',
        buffer_before_minutes: 0,
        buffer_after_minutes: 15,
        minimum_notice_minutes: 120,
        maximum_lessons_per_day: 6,
        maximum_lessons_per_week: 20,
        cancellation_policy_id: '3f0d3c5e-0c59-4f0e-9d2a-6b1f5a7c8e05',
      },
      openings: [{ minutes: 60, price_cents: 2500, capacity: 1, starts: ['2026-12-07T14:00:00.000Z'] }],
    },
  ],
})
export class OpeningsPublished extends SchedulingEvent {
  /** Who teaches. */
  @Uuid() readonly tutor_id!: PersonId;
  /** Grows with each change of the tutor's schedule. */
  @Count(1, Number.MAX_SAFE_INTEGER) readonly schedule_version!: number;
  /** The set speaks of every start from this instant on. */
  @Instant() readonly from_at!: string;
  /** How far the tutor's horizon reaches now: a lesson booked from there on is not offered for that reason alone. */
  @Maybe() @Instant() readonly horizon_at?: string;
  /** What booking must enforce. */
  @Part(() => Terms) readonly terms!: Terms;
  /** Everything that is wanted, grouped by what the lessons have in common. */
  @ListOf(() => Opening, 200) readonly openings!: Opening[];
}
