import type { BookingId } from '@scheduling/domain';
import { bookingExpected } from '../answers.ts';
import { minutes } from '../calendar.ts';
import { payBack } from '../money.ts';
import { type Answer, kind } from '../operation.ts';
import { free } from '../seats.ts';
import type { Service } from '../service.ts';
import type { ModelBooking, World } from '../world.ts';
import { someBooking, someStudent } from './choices.ts';

/** What goes back: all where the tutor cancels, or the student does in time, and else what the policy says. */
function refundOf({ start, price, policy, isFree }: ModelBooking, byTutor: boolean, now: number): number {
  if (byTutor || now <= start - minutes(isFree ? 0 : policy.fullUntil)) return price;
  return now <= start - minutes(policy.partialUntil) ? Math.round((price * policy.percent) / 100) : 0;
}

/** Ends a lesson that stands, and gives money back. */
export function callOff(world: World, booking: ModelBooking, refund: number): void {
  booking.status = refund > 0 && booking.method !== 'stripe' ? 'refunded' : 'canceled';
  booking.version += 1;
  booking.refunded = refund;
  payBack(world, booking, refund);
  free(world, [booking.slot]);
}

function canceled(world: World, booking: ModelBooking, byTutor: boolean, reopen: boolean, service: Service): Answer {
  if (booking.status === 'canceled' || booking.status === 'refunded') {
    if (byTutor && reopen && booking.slot.withheld) {
      booking.slot.withheld = false;
      free(world, [booking.slot]);
    }
    return bookingExpected(booking, service.expected);
  }
  if (booking.status === 'completed') return { refused: 'booking_not_active' };
  if (booking.start <= world.now) return { refused: 'lesson_started' };
  const refund = booking.status === 'pending_payment' ? 0 : refundOf(booking, byTutor, world.now);
  callOff(world, booking, refund);
  if (byTutor && !reopen) booking.slot.withheld = true;
  return bookingExpected(booking, service.expected);
}

export const cancel = kind({
  name: 'cancel',
  weight: 14,
  draw: (random) => ({
    booking: random.lot(),
    fair: random.chance(0.8),
    by: random.oneOf(['student', 'student', 'student', 'tutor', 'tutor', 'stranger'] as const),
    stranger: random.lot(),
    reopen: random.chance(0.6),
  }),
  aim(world, lots, service) {
    const booking = someBooking(world, lots);
    if (!booking) return null;
    const stranger = someStudent(world, lots.stranger);
    const person = { student: booking.student, tutor: booking.tutor, stranger }[lots.by];
    return {
      about: `${person.name} cancels ${booking.student.name}'s lesson in ${booking.slot.name}${lots.reopen ? ', reopening' : ''}`,
      expected() {
        if (person !== booking.student && person !== booking.tutor) return { refused: 'booking_not_found' };
        return canceled(world, booking, person === booking.tutor, lots.reopen, service);
      },
      actual: () => service.cancel(person.id, service.idOf(booking.hold) as BookingId, lots.reopen),
    };
  },
});
