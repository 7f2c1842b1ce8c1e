import {
  BookingCanceled,
  BookingConfirmed,
  BookingPendingPayment,
  BookingRescheduled,
  SlotHeld,
  SlotReleased,
} from '@scheduling/contracts';
import { type BookingId, type HoldId, newId, type PersonId, type SlotId } from '@scheduling/domain';

/** What booking can say of one lesson: it is held, let go, being paid for, booked, moved, canceled. */
export interface Lesson {
  /** Its id, and that of the hold which it was. */
  readonly id: BookingId;
  /** Until it starts, unless the hold runs out sooner. */
  readonly held: (until?: string) => SlotHeld;
  readonly released: () => SlotReleased;
  readonly pending: () => BookingPendingPayment;
  readonly confirmed: (version?: number) => BookingConfirmed;
  readonly moved: (to: { start_at: string; end_at: string }, version?: number) => BookingRescheduled;
  readonly canceled: (version?: number) => BookingCanceled;
}

/** A lesson of a tutor's, within a stretch of time in UTC. */
export function lesson(tutor: PersonId, within: { start_at: string; end_at: string }): Lesson {
  const id = newId<HoldId & BookingId>();
  const slot = { tutor_id: tutor, slot_id: newId<SlotId>() };
  const student = newId<PersonId>();
  const booking = (version: number, status: string): BookingConfirmed => ({
    ...slot,
    ...within,
    booking_id: id,
    version,
    student_id: student,
    status,
    price_cents: 2500,
    currency: 'USD',
    payment_method: 'credit',
    join_link: 'https://meet.example.org/1',
    tutor_timezone: 'Europe/Kyiv',
  });
  return {
    id,
    held: (until = within.start_at) =>
      SlotHeld.of<SlotHeld>({
        ...slot,
        ...within,
        hold_id: id,
        student_id: student,
        seat: 1,
        expires_at: until,
      }),
    released: () => SlotReleased.of<SlotReleased>({ ...slot, hold_id: id }),
    pending: () => BookingPendingPayment.of<BookingPendingPayment>(booking(1, 'pending_payment')),
    confirmed: (version = 1) => BookingConfirmed.of<BookingConfirmed>(booking(version, 'confirmed')),
    moved: (to, version = 2) =>
      BookingRescheduled.of<BookingRescheduled>({
        ...booking(version, 'confirmed'),
        ...to,
        slot_id: newId<SlotId>(),
        previous_slot_id: slot.slot_id,
        previous_start_at: within.start_at,
        previous_end_at: within.end_at,
        rescheduled_by: student,
        reason: null,
      }),
    canceled: (version = 2) =>
      BookingCanceled.of<BookingCanceled>({ ...booking(version, 'canceled'), canceled_by: student, reason: 'ill' }),
  };
}
