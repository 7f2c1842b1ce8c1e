import type { PersonId } from '@scheduling/domain';
import { shareOf, termsOf } from '../policies/terms.policy.ts';
import type { Booking } from './bookings.entity.ts';
import { BookingNotActive, LessonStarted, PaymentUnderWay } from './bookings.errors.ts';

/** What holds and bookings keep of their policy, so that a change is for later ones only. Old ones say the first term alone. */
export interface CancelPolicy {
  /** Which policy it was; absent in what was kept before policies had versions. */
  readonly policy_id?: string;
  /** Which version of it. */
  readonly version?: number;
  /** A student's cancellation refunds in full until so many minutes before the start. */
  readonly full_refund_until_minutes: number;
  /** It refunds a part until so many minutes before the start, and nothing after. */
  readonly partial_refund_until_minutes?: number;
  /** How large that part is. */
  readonly partial_refund_percent?: number;
  /** A student may move the lesson until so many minutes before the start. */
  readonly reschedule_until_minutes?: number;
  /** A student may move it while it has been moved fewer times than this. */
  readonly maximum_reschedules?: number;
  /** What a student who did not come gets back. */
  readonly student_no_show_refund_percent?: number;
}

/** What follows from a cancellation. */
export interface Cancellation {
  readonly refundCents: number;
  /** Whether another student may take the time. */
  readonly reopens: boolean;
}

/** Until when a student's cancellation gives back what; both ends are included. */
export interface Deadlines {
  readonly fullUntil: Date;
  /** Null where no part is given back later than the whole. */
  readonly partialUntil: Date | null;
}

const MINUTE = 60_000;

/** Decides a cancellation: a tutor's always refunds in full and reopens only when asked, a student's by the policy. */
export function cancel(booking: Booking, by: PersonId, reopen: boolean, now: Date): Cancellation {
  if (booking.status !== 'confirmed' && booking.status !== 'pending_payment') throw new BookingNotActive(booking);
  if (booking.startAt <= now) throw new LessonStarted(booking);
  const reopens = by !== booking.tutorId || reopen;
  if (booking.status === 'confirmed') return { refundCents: refundFor(booking, by, now), reopens };
  // What a provider is asked for may be paid at any moment.
  if (booking.paymentIntentId !== null) throw new PaymentUnderWay(booking);
  return { refundCents: fullRefund(booking), reopens };
}

/** All that a student paid, or may be paying just now; until somebody is asked for the money there is nothing to give back. */
export function fullRefund({ status, paymentIntentId, priceCents }: Booking): number {
  return status === 'pending_payment' && paymentIntentId === null ? 0 : priceCents;
}

/** Until when a student's cancellation gives back the whole price, and until when a part of it. */
export function deadlinesOf({ startAt, policy, freeCancellation }: Booking): Deadlines {
  if (freeCancellation) return { fullUntil: startAt, partialUntil: null };
  const terms = termsOf(policy);
  const before = (minutes: number) => new Date(startAt.getTime() - minutes * MINUTE);
  const hasPart =
    terms.partial_refund_percent > 0 && terms.partial_refund_until_minutes < terms.full_refund_until_minutes;
  return {
    fullUntil: before(terms.full_refund_until_minutes),
    partialUntil: hasPart ? before(terms.partial_refund_until_minutes) : null,
  };
}

function refundFor(booking: Booking, by: PersonId, now: Date): number {
  const { fullUntil, partialUntil } = deadlinesOf(booking);
  if (by === booking.tutorId || now <= fullUntil) return booking.priceCents;
  if (partialUntil === null || now > partialUntil) return 0;
  return shareOf(booking.priceCents, termsOf(booking.policy).partial_refund_percent);
}
