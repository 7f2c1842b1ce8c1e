import type { Booking, Side } from '../bookings/bookings.entity.ts';
import { shareOf, termsOf } from '../policies/terms.policy.ts';
import { LessonNotStarted, NoSuchLesson, TooLateToTell, ToldOtherwise } from './no-show.errors.ts';

/** How long after a lesson somebody may say who did not come. */
const TOLD_WITHIN_MS = 24 * 3_600_000;

/** What goes back to a student when one of the two did not come: all of it for a tutor's absence, else what the policy says. */
export function noShowRefund(booking: Booking, absent: Side, now: Date): number {
  if (booking.status !== 'confirmed' && booking.status !== 'completed') throw new NoSuchLesson(booking);
  if (booking.noShowBy !== null) throw new ToldOtherwise(booking);
  if (now < booking.startAt) throw new LessonNotStarted(booking);
  const until = new Date(booking.endAt.getTime() + TOLD_WITHIN_MS);
  if (now > until) throw new TooLateToTell(booking, until);
  const percent = absent === 'tutor' ? 100 : termsOf(booking.policy).student_no_show_refund_percent;
  return shareOf(booking.priceCents, percent);
}
