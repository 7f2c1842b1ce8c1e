import type { PersonId } from '@scheduling/domain';
import type { News } from './message.ts';

const DAY = 86_400_000;
/** How long after a lesson news of it are still worth telling, in milliseconds: a refund longer than any money is on its way. */
const AFTER_LESSON: Partial<Record<News['kind'], number>> = {
  booking_refunded: 30 * DAY,
  booking_completed: 7 * DAY,
  booking_no_show: 7 * DAY,
};
/** What whoever proposed something wants to hear. */
const ANSWERS: ReadonlySet<string> = new Set(['accepted', 'refused', 'impossible']);

/** Why news need not be told any more, or null while they are worth telling: after the lesson nobody prepares for it. */
export function staleness({ kind, event }: News, now: Date): string | null {
  if (kind === 'calendar_reconnect' || kind === 'digest') return null;
  if (kind === 'waitlist_offered') return isPast(event.expires_at, now) ? 'the offer has run out' : null;
  if (kind === 'hold_expiring') return isPast(event.expires_at, now) ? 'the hold has run out' : null;
  if (kind === 'proposal_made' && isPast(event.expires_at, now)) return 'the proposal has run out';
  if (kind === 'series_booked' || kind === 'series_dates_skipped') {
    return event.dates.every(({ start_at: start }) => isPast(start, now)) ? 'its dates are past' : null;
  }
  if (kind === 'daily_agenda') return isPast(event.until_at, now) ? 'the day is over' : null;
  const since = new Date(now.getTime() - (AFTER_LESSON[kind] ?? 0));
  return isPast(event.end_at, since) ? 'the lesson has ended' : null;
}

const isPast = (instant: string, now: Date): boolean => new Date(instant) <= now;

/** Whom news are for: both people of a lesson, unless they concern one alone. */
export function readersOf({ kind, event }: News): PersonId[] {
  // Only the tutor can mend what collides in their own plans.
  if (kind === 'lesson_conflicted') return [event.tutor_id];
  if (kind === 'waitlist_offered' || kind === 'hold_expiring') return [event.student_id];
  // The tutor hears of a lesson once it is paid for.
  if (kind === 'booking_pending_payment') return [event.student_id];
  if (kind === 'calendar_reconnect' || kind === 'daily_agenda' || kind === 'digest') return [event.user_id];
  // The tutor has lost nothing.
  if (kind === 'series_dates_skipped') return [event.student_id];
  if (kind === 'proposal_made') return [event.student_id, event.tutor_id].filter((id) => id !== event.proposed_by);
  // Of what ended by itself another mail has told, or there is nothing to tell.
  if (kind === 'proposal_answered') return ANSWERS.has(event.outcome) ? [event.proposed_by] : [];
  // Where it has ended the booking, the cancellation says so.
  if (kind === 'payment_failed') return event.status === 'pending_payment' ? [event.student_id] : [];
  if (kind === 'booking_refunded') return event.refunded_cents > 0 ? [event.student_id] : [];
  // The tutor has heard nothing yet of a lesson that was never paid for.
  if (kind === 'booking_canceled' && event.cause === 'payment_failed') return [event.student_id];
  return [event.student_id, event.tutor_id];
}

/** Whether news make what was still to be said about earlier versions of a booking untrue. */
export const isOvertaking = ({ kind }: News): boolean => kind === 'booking_canceled' || kind === 'booking_rescheduled';
