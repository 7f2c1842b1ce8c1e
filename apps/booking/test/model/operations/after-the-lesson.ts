import type { BookingId } from '@scheduling/domain';
import { bookingExpected } from '../answers.ts';
import { minutes } from '../calendar.ts';
import { payBack } from '../money.ts';
import { kind } from '../operation.ts';
import { pick } from '../random.ts';
import type { ModelBooking, World } from '../world.ts';
import { someBooking } from './choices.ts';

export const complete = kind({
  name: 'complete',
  weight: 3,
  draw: () => null,
  aim: (world, _lots, service) => ({
    about: 'lessons that have ended are completed',
    expected() {
      const ended = world.bookings.filter(({ status, end }) => status === 'confirmed' && end <= world.now);
      for (const booking of ended) Object.assign(booking, { status: 'completed', version: booking.version + 1 });
      return {};
    },
    actual: () => service.complete(),
  }),
});

function missed(world: World, booking: ModelBooking, absent: 'student' | 'tutor') {
  const { status, noShowBy, price, policy } = booking;
  if (noShowBy === absent) return { booking };
  if (status !== 'confirmed' && status !== 'completed') return { refused: 'lesson_not_held' };
  if (noShowBy !== null) return { refused: 'no_show_told' };
  if (world.now < booking.start) return { refused: 'lesson_not_started' };
  if (world.now > booking.end + minutes(1440)) return { refused: 'no_show_closed' };
  booking.noShowBy = absent;
  booking.version += 1;
  booking.refunded = absent === 'tutor' ? price : Math.round((price * policy.noShowPercent) / 100);
  payBack(world, booking, booking.refunded);
  return { booking };
}

export const noShow = kind({
  name: 'no-show',
  weight: 4,
  draw: (random) => ({
    booking: random.lot(),
    over: random.chance(0.8),
    fair: random.chance(0.5),
    absent: random.oneOf(['student', 'tutor'] as const),
  }),
  aim(world, lots, service) {
    const over = world.bookings.filter(({ start }) => start <= world.now);
    const booking = (lots.over && pick(over, lots.booking)) || someBooking(world, lots);
    if (!booking) return null;
    const teller = lots.absent === 'student' ? booking.tutor : booking.student;
    return {
      about: `${teller.name} says that the ${lots.absent} of ${booking.student.name}'s lesson in ${booking.slot.name} did not come`,
      expected() {
        const { booking: told, ...rest } = missed(world, booking, lots.absent);
        return told ? bookingExpected(told, service.expected) : rest;
      },
      actual: () => service.missed(teller.id, service.idOf(booking.hold) as BookingId, lots.absent),
    };
  },
});
