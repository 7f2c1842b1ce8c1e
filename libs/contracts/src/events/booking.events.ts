import type { BookingId, HoldId, PersonId, SlotId } from '@scheduling/domain';
import { Count, Currency, Instant, Maybe, Nullable, OpenWord, Text, Uuid } from '../fields.ts';
import { EventType, SchedulingEvent } from './event.ts';

const ids = {
  tutor_id: 'b1f7a3c2-52a5-4c8b-9b0e-0f6d6f4f8a01',
  student_id: '0a1d2f6e-7d43-4d0c-8f0a-5b0f1b8f2c02',
  slot_id: '5d7cf1de-3f1a-4f6b-8f5e-6a2a7f1a9c03',
};
const lesson = { start_at: '2026-12-07T14:00:00.000Z', end_at: '2026-12-07T15:00:00.000Z' };
const booked = {
  ...ids,
  ...lesson,
  booking_id: '9c1b7f0a-2f64-4d9c-9d3b-1f7f5a3e4b04',
  version: 1,
  status: 'confirmed',
  price_cents: 2500,
  currency: 'USD',
  payment_method: 'credit',
  join_link: 'https://meet.example.org/9c1b7f0a',
  tutor_timezone: 'Europe/Kyiv',
};

/** A student has a seat set aside, until they confirm or the hold lapses. */
@EventType<SlotHeld>({
  type: 'scheduling.booking.SlotHeld.v1',
  key: (event) => event.tutor_id,
  examples: [{ ...ids, ...lesson, hold_id: booked.booking_id, seat: 1, expires_at: '2026-12-01T09:10:00.000Z' }],
})
export class SlotHeld extends SchedulingEvent {
  /** Who teaches. */
  @Uuid() readonly tutor_id!: PersonId;
  /** The hold; the booking that comes of it will have this id. */
  @Uuid() readonly hold_id!: HoldId;
  /** The slot that the seat is in. */
  @Uuid() readonly slot_id!: SlotId;
  /** Who learns. */
  @Uuid() readonly student_id!: PersonId;
  /** Counted from 1. */
  @Count(1, 1000) readonly seat!: number;
  /** When the lesson starts. */
  @Instant() readonly start_at!: string;
  /** When the lesson ends. */
  @Instant() readonly end_at!: string;
  /** When the hold runs out. */
  @Instant() readonly expires_at!: string;
}

/** A hold ended without a booking, and its seat is free again. */
@EventType<SlotReleased>({
  type: 'scheduling.booking.SlotReleased.v1',
  key: (event) => event.tutor_id,
  examples: [{ tutor_id: ids.tutor_id, slot_id: ids.slot_id, hold_id: booked.booking_id }],
})
export class SlotReleased extends SchedulingEvent {
  /** Who teaches. */
  @Uuid() readonly tutor_id!: PersonId;
  /** The hold; the booking that comes of it will have this id. */
  @Uuid() readonly hold_id!: HoldId;
  /** The slot that the seat is in. */
  @Uuid() readonly slot_id!: SlotId;
}

/** The list of a tutor's open slots is another one now, because of what they published; whoever keeps a copy reads again. */
@EventType<SlotsChanged>({
  type: 'scheduling.booking.SlotsChanged.v1',
  key: (event) => event.tutor_id,
  examples: [{ tutor_id: ids.tutor_id, schedule_version: 7 }],
})
export class SlotsChanged extends SchedulingEvent {
  /** Who teaches. */
  @Uuid() readonly tutor_id!: PersonId;
  /** The version of the tutor's schedule that the slots follow now. */
  @Count(1, Number.MAX_SAFE_INTEGER) readonly schedule_version!: number;
}

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

/** The whole public state of a booking, as every event about it carries it: a late or repeated one does no harm. */
abstract class BookingState extends SchedulingEvent {
  /** The booking. */
  @Uuid() readonly booking_id!: BookingId;
  /** Grows with each change of this booking. */
  @Count(1, Number.MAX_SAFE_INTEGER) readonly version!: number;
  /** The slot that the seat is in. */
  @Uuid() readonly slot_id!: SlotId;
  /** Who teaches. */
  @Uuid() readonly tutor_id!: PersonId;
  /** Who learns. */
  @Uuid() readonly student_id!: PersonId;
  /** When the lesson starts. */
  @Instant() readonly start_at!: string;
  /** When the lesson ends. */
  @Instant() readonly end_at!: string;
  /** `confirmed`, `canceled` or `refunded` so far. */
  @OpenWord() readonly status!: string;
  /** The price of a seat, in the smallest unit of the currency. */
  @Count(0, 100_000_000) readonly price_cents!: number;
  /** ISO 4217. */
  @Currency() readonly currency!: string;
  /** `credit` so far. */
  @OpenWord() readonly payment_method!: string;
  /** Where the lesson takes place. */
  @Text(1, 500) readonly join_link!: string;
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
  /** What went back to the student, by the policy. */
  @Maybe() @Count(0, 100_000_000) readonly refunded_cents?: number;
}
