import {
  Count,
  Currency,
  Flag,
  Instant,
  ListOf,
  Maybe,
  Nullable,
  Moment,
  MomentEnd,
  OneOf,
  Text,
  Uuid,
} from '@scheduling/contracts';
import type { BookingId, PersonId, SeriesId, SlotId } from '@scheduling/domain';
import { Type } from 'class-transformer';
import {
  type Booking,
  BOOKING_STATUSES,
  type BookingStatus,
  PAYMENT_METHODS,
  type PaymentMethod,
  type Side,
  SIDES,
} from './bookings.entity.ts';
import type { Preview } from './bookings.service.ts';
import type { Mark } from './bookings.store.ts';

export class ConfirmBooking {
  /** The slot that the caller holds. */
  @Uuid() readonly slot_id!: SlotId;
  /** How the lesson is paid for: with the caller's credits, a card, or a lesson of their subscription. */
  @OneOf(PAYMENT_METHODS) readonly payment_method!: PaymentMethod;
  /** The payment intent of the hold, which a card has authorized; needed with `stripe` alone. */
  @Maybe() @Text(1, 255) readonly payment_intent_id?: string;
}

export class CancelBooking {
  /** For the other person to read. */
  @Maybe() @Text(0, 500) readonly reason?: string;
  /** Whether the time is offered again, also of a lesson canceled before; only a tutor's word counts, since a student's cancellation always reopens it. */
  @Maybe() @Flag() readonly reopen?: boolean;
}

export class ListBookings {
  /** Only bookings in this state. */
  @Maybe() @OneOf(BOOKING_STATUSES) readonly status?: BookingStatus;
  /** Only those in which the caller is this; both unless given. */
  @Maybe() @OneOf(SIDES) readonly role?: Side;
  /** Only lessons that start at this instant or later. */
  @Maybe() @Moment() readonly from?: string;
  /** Only lessons that start before this instant. */
  @Maybe() @MomentEnd() readonly to?: string;
  /** At most so many. */
  @Maybe() @Type(() => Number) @Count(1, 100) readonly limit: number = 50;
  /** Where the page before ended: its `next_cursor`. */
  @Maybe() @Text(1, 200) readonly cursor?: string;
}

export class BookingView {
  /** The booking's id, which was the hold's. */
  @Uuid() readonly booking_id!: BookingId;
  /** The slot that the seat is in. */
  @Uuid() readonly slot_id!: SlotId;
  /** Who learns. */
  @Uuid() readonly student_id!: PersonId;
  /** Who teaches. */
  @Uuid() readonly tutor_id!: PersonId;
  /** When the lesson starts, in UTC. */
  @Instant() readonly start_at!: string;
  /** When the lesson ends, in UTC. */
  @Instant() readonly end_at!: string;
  /** `confirmed`; after a cancellation `refunded` when money went back, else `canceled`. */
  @OneOf(BOOKING_STATUSES) readonly status!: BookingStatus;
  /** What was charged, in the smallest unit of the currency. */
  @Count(0, 100_000_000) readonly price_cents!: number;
  /** ISO 4217. */
  @Currency() readonly currency!: string;
  /** How it was paid for. */
  @Text(1, 60) readonly payment_method!: string;
  /** Where the lesson takes place. */
  @Text(1, 500) readonly join_link!: string;
  /** Grows with each change. */
  @Count(1, 2_147_483_647) readonly version!: number;
  /** What went back to the student, in the smallest unit of the currency. */
  @Count(0, 100_000_000) readonly refunded_cents!: number;
  /** How often it was moved to another time. */
  @Count(0, 2_147_483_647) readonly reschedules!: number;
  /** Whether the student may cancel without loss until the start, since the tutor moved it. */
  @Flag() readonly free_cancellation!: boolean;
  /** Who did not come, if anyone said so: `student` or `tutor`. */
  @Nullable() @OneOf(SIDES) readonly no_show_by!: Side | null;
  /** The series that it belongs to, if any. */
  @Nullable() @Uuid() readonly series_id!: SeriesId | null;

  /** Shows a booking to its student or its tutor. */
  static of(booking: Booking): BookingView {
    return {
      booking_id: booking.id,
      slot_id: booking.slotId,
      student_id: booking.studentId,
      tutor_id: booking.tutorId,
      start_at: booking.startAt.toISOString(),
      end_at: booking.endAt.toISOString(),
      status: booking.status,
      price_cents: booking.priceCents,
      currency: booking.currency,
      payment_method: booking.paymentMethod,
      join_link: booking.joinLink,
      version: booking.version,
      refunded_cents: booking.refundedCents,
      reschedules: booking.reschedules,
      free_cancellation: booking.freeCancellation,
      no_show_by: booking.noShowBy,
      series_id: booking.seriesId,
    };
  }
}

export class CancelPreview {
  /** What a cancellation by the caller would give back to the student just now, in the smallest unit of the currency. */
  @Count(0, 100_000_000) readonly refund_cents!: number;
  /** What was charged. */
  @Count(0, 100_000_000) readonly price_cents!: number;
  /** ISO 4217. */
  @Currency() readonly currency!: string;
  /** Until when the student's cancellation gives back the whole price. */
  @Instant() readonly full_refund_until!: string;
  /** Until when it gives back a part; null where no part is given back later than the whole. */
  @Nullable() @Instant() readonly partial_refund_until!: string | null;
  /** Whether the time would be offered again; a tutor may ask for it. */
  @Flag() readonly reopens!: boolean;

  /** Shows what would follow from a cancellation. */
  static of({ booking, refundCents, reopens, fullUntil, partialUntil }: Preview): CancelPreview {
    return {
      refund_cents: refundCents,
      price_cents: booking.priceCents,
      currency: booking.currency,
      full_refund_until: fullUntil.toISOString(),
      partial_refund_until: partialUntil && partialUntil.toISOString(),
      reopens,
    };
  }
}

export class BookingList {
  /** The latest start first. */
  @ListOf(() => BookingView, 100) readonly items!: BookingView[];
  /** What to ask the next page with; null on the last one. */
  @Nullable() @Text(1, 200) readonly next_cursor!: string | null;

  /** Shows a page of bookings; one more row than the limit tells that there is another page. */
  static of(found: readonly Booking[], limit: number): BookingList {
    const page = found.slice(0, limit);
    return { items: page.map(BookingView.of), next_cursor: found.length > limit ? cursorAt(page.at(-1)!) : null };
  }
}

const cursorAt = ({ startAt, id }: Booking): string => `${startAt.toISOString()}_${id}`;
const CURSOR = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)_([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/;

/** Reads a cursor that a page gave; null if it is none. */
export function markOf(cursor: string): Mark | null {
  const [, startAt, id] = CURSOR.exec(cursor) ?? [];
  const at = new Date(startAt ?? NaN);
  return id === undefined || Number.isNaN(at.getTime()) ? null : { startAt: at, id: id as BookingId };
}
