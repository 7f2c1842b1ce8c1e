import type { BookingId, PersonId, SeriesId, SlotId } from '@scheduling/domain';
import { Count, Instant, Maybe, Nullable, OpenWord, Text, Uuid } from '../fields.ts';
import { booked, ids, lesson } from './booking.examples.ts';
import { BookingState } from './booking-state.ts';
import { EventType, SchedulingEvent } from './event.ts';

/** A booked lesson stands where its tutor no longer wants to teach; it stays, and somebody should decide about it. */
@EventType<LessonConflicted>({
  type: 'scheduling.booking.LessonConflicted.v1',
  key: (event) => event.tutor_id,
  examples: [{ ...ids, ...lesson, booking_id: booked.booking_id, version: 1, tutor_timezone: booked.tutor_timezone }],
})
export class LessonConflicted extends SchedulingEvent {
  /** The booking. */
  @Uuid() readonly booking_id!: BookingId;
  /** The booking's version that stands, which this does not change. */
  @Count(1, Number.MAX_SAFE_INTEGER) readonly version!: number;
  /** The slot that is no longer offered. */
  @Uuid() readonly slot_id!: SlotId;
  /** Who teaches. */
  @Uuid() readonly tutor_id!: PersonId;
  /** Who learns. */
  @Uuid() readonly student_id!: PersonId;
  /** When the lesson starts. */
  @Instant() readonly start_at!: string;
  /** When the lesson ends. */
  @Instant() readonly end_at!: string;
  /** The tutor's IANA zone. */
  @Text(1, 64) readonly tutor_timezone!: string;
}

/** A lesson is booked and paid for. */
@EventType<BookingConfirmed>({
  type: 'scheduling.booking.BookingConfirmed.v1',
  key: (event) => event.tutor_id,
  examples: [booked],
})
export class BookingConfirmed extends BookingState {}

/** A lesson will not take place; its time is free again. */
@EventType<BookingCanceled>({
  type: 'scheduling.booking.BookingCanceled.v1',
  key: (event) => event.tutor_id,
  examples: [
    { ...booked, version: 2, status: 'refunded', canceled_by: ids.student_id, reason: 'ill', refunded_cents: 2500 },
  ],
})
export class BookingCanceled extends BookingState {
  /** Who canceled: the student or the tutor. */
  @Uuid() readonly canceled_by!: PersonId;
  /** What the person who canceled wrote, for the other one to read. */
  @Nullable() @Text(0, 500) readonly reason!: string | null;
  /** What goes back to the student, by the policy. */
  @Maybe() @Count(0, 100_000_000) readonly refunded_cents?: number;
  /** Why it is off: `person` where somebody canceled, else such as `payment_failed`; `person` where it is not said. */
  @Maybe() @OpenWord() readonly cause?: string;
}

/** A seat is booked for good, and its payment is on the way: nobody else can take it. */
@EventType<BookingPendingPayment>({
  type: 'scheduling.booking.BookingPendingPayment.v1',
  key: (event) => event.tutor_id,
  examples: [
    {
      ...booked,
      status: 'pending_payment',
      payment_method: 'stripe',
      series_id: '2c4f6a8e-1b3d-4e5f-8a7b-9c0d1e2f3a08',
    },
  ],
})
export class BookingPendingPayment extends BookingState {
  /** The series that the lesson is of, which has it paid for some days ahead; absent for a lesson that is booked alone. */
  @Maybe() @Uuid() readonly series_id?: SeriesId;
}

/** A lesson takes place at another time of the same tutor's; the time that it had is given back. */
@EventType<BookingRescheduled>({
  type: 'scheduling.booking.BookingRescheduled.v1',
  key: (event) => event.tutor_id,
  examples: [
    {
      ...booked,
      version: 2,
      previous_slot_id: '3f0a9c1b-8c62-4c43-9d25-1d6a5e7b7d05',
      previous_start_at: '2026-12-05T14:00:00.000Z',
      previous_end_at: '2026-12-05T15:00:00.000Z',
      rescheduled_by: ids.student_id,
      reason: 'a trip',
    },
  ],
})
export class BookingRescheduled extends BookingState {
  /** The slot that the seat was in. */
  @Uuid() readonly previous_slot_id!: SlotId;
  /** When the lesson was to start. */
  @Instant() readonly previous_start_at!: string;
  /** When the lesson was to end. */
  @Instant() readonly previous_end_at!: string;
  /** Who moved it: the student or the tutor. */
  @Uuid() readonly rescheduled_by!: PersonId;
  /** What the person who moved it wrote, for the other one to read. */
  @Nullable() @Text(0, 500) readonly reason!: string | null;
}

/** A lesson is over, as far as anyone has said. */
@EventType<BookingCompleted>({
  type: 'scheduling.booking.BookingCompleted.v1',
  key: (event) => event.tutor_id,
  examples: [{ ...booked, version: 2, status: 'completed' }],
})
export class BookingCompleted extends BookingState {}

/** One of the two did not come to a lesson. */
@EventType<BookingNoShow>({
  type: 'scheduling.booking.BookingNoShow.v1',
  key: (event) => event.tutor_id,
  examples: [{ ...booked, version: 3, status: 'completed', no_show_by: 'tutor', refunded_cents: 2500 }],
})
export class BookingNoShow extends BookingState {
  /** Who did not come: `student` or `tutor`. */
  @OpenWord() readonly no_show_by!: string;
  /** What goes back to the student, by the policy. */
  @Count(0, 100_000_000) readonly refunded_cents!: number;
}

/** The money of a lesson that is off has arrived where it came from. */
@EventType<BookingRefunded>({
  type: 'scheduling.booking.BookingRefunded.v1',
  key: (event) => event.tutor_id,
  examples: [{ ...booked, version: 3, status: 'refunded', payment_method: 'stripe', refunded_cents: 2500 }],
})
export class BookingRefunded extends BookingState {
  /** What went back to the student. */
  @Count(0, 100_000_000) readonly refunded_cents!: number;
}

/** A lesson could not be paid for; where it is canceled for that, `BookingCanceled` says so. */
@EventType<PaymentFailed>({
  type: 'scheduling.booking.PaymentFailed.v1',
  key: (event) => event.tutor_id,
  examples: [{ ...booked, status: 'pending_payment', payment_method: 'stripe', code: 'card_declined' }],
})
export class PaymentFailed extends BookingState {
  /** Why, such as `card_declined` or `not_enough_credit`. */
  @OpenWord() readonly code!: string;
}
