import type { PersonId } from '@scheduling/domain';
import type { Booking } from '../bookings/bookings.entity.ts';
import { isActive } from '../bookings/booking-states.policy.ts';
import { LessonStarted, PaymentUnderWay } from '../bookings/bookings.errors.ts';
import { termsOf } from '../policies/terms.policy.ts';
import type { Slot } from '../slots/slots.store.ts';
import { AnotherTutor, MovedTooOften, NotMovable, PriceDiffers, TooLateToMove } from './reschedules.errors.ts';

const MINUTE = 60_000;

/** Refuses a slot of somebody else's. */
export function refuseOtherTutor(booking: Booking, slot: Slot): void {
  if (slot.tutorId !== booking.tutorId) throw new AnotherTutor(booking.id, slot);
}

/** Refuses a move that a booking does not allow; the policy binds students, and not where their tutor moved the lesson last. */
export function refuseMove(booking: Booking, by: PersonId, now: Date): void {
  if (!isActive(booking)) throw new NotMovable(booking);
  if (booking.status === 'pending_payment' && booking.paymentIntentId !== null) throw new PaymentUnderWay(booking);
  if (booking.startAt <= now) throw new LessonStarted(booking);
  if (by === booking.tutorId || booking.freeCancellation) return;

  const { reschedule_until_minutes: minutes, maximum_reschedules: limit } = termsOf(booking.policy);
  const until = new Date(booking.startAt.getTime() - minutes * MINUTE);
  if (now > until) throw new TooLateToMove(booking, until);
  if (booking.reschedules >= limit) throw new MovedTooOften(booking, limit);
}

/**
 * What is to be paid more, or less, for a lesson in its new slot: nothing yet where nothing was paid. Only credits can settle
 * that, in their own currency; and a tutor cannot make a student pay more.
 */
export function priceDifference(booking: Booking, slot: Slot, by: PersonId): number {
  const more = slot.priceCents - booking.priceCents;
  const isSame = more === 0 && slot.currency === booking.currency;
  const isSettled =
    booking.paymentMethod === 'credit' && slot.currency === booking.currency && (more < 0 || by === booking.studentId);
  if (isSame || isSettled) return booking.status === 'confirmed' ? more : 0;
  throw new PriceDiffers(booking, { cents: slot.priceCents, currency: slot.currency });
}
