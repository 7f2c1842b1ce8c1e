import type { PersonId } from '@scheduling/domain';
import { BookingNotActive, LessonStarted } from './bookings.errors.ts';
import type { Booking } from './bookings.entity.ts';

/** What a cancellation gives back; kept with each hold and booking, so that a change is for later ones only. */
export interface CancelPolicy {
  /** A student's cancellation refunds in full until so many minutes before the start, and nothing after. */
  readonly full_refund_until_minutes: number;
}

/** What follows from a cancellation. */
export interface Cancellation {
  readonly refundCents: number;
  /** Whether another student may take the time. */
  readonly reopens: boolean;
}

/** Decides a cancellation: a tutor's always refunds in full and reopens only when asked, a student's by the policy. */
export function cancel(booking: Booking, by: PersonId, reopen: boolean, now: Date): Cancellation {
  if (booking.status !== 'confirmed') throw new BookingNotActive(booking);
  if (booking.startAt <= now) throw new LessonStarted(booking);
  if (by === booking.tutorId) return { refundCents: booking.priceCents, reopens: reopen };

  const freeUntil = booking.startAt.getTime() - booking.policy.full_refund_until_minutes * 60_000;
  return { refundCents: now.getTime() <= freeUntil ? booking.priceCents : 0, reopens: true };
}
