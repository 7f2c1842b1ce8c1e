import { bookingExpected } from '../answers.ts';
import { isoOf, minutes } from '../calendar.ts';
import { kind } from '../operation.ts';
import { pick } from '../random.ts';
import { chargeAll, makeSeries } from '../series.ts';
import { transaction } from '../transaction.ts';
import { someSlot, someStudent } from './choices.ts';

export const makeLessons = kind({
  name: 'series',
  weight: 5,
  draw: (random) => ({
    student: random.lot(),
    slot: random.lot(),
    fair: random.chance(0.7),
    count: random.oneOf([1, 2, 3, 3]),
    onConflict: random.oneOf(['refuse', 'skip', 'skip'] as const),
    method: random.oneOf(['credit', 'credit', 'subscription'] as const),
  }),
  aim(world, lots, service) {
    const student = someStudent(world, lots.student);
    const first = someSlot(world, lots);
    if (!first) return null;
    const { count, onConflict, method } = lots;
    return {
      about: `${student.name} wants ${first.name} for ${count} weeks by ${method}, or would ${onConflict}`,
      expected() {
        const result = transaction(world, () => makeSeries(world, { student, first, count, onConflict, method }));
        if ('refused' in result) return result;
        return result.dates.map((date) =>
          'code' in date
            ? { start: isoOf(date.start), code: date.code }
            : { start: isoOf(date.start), ...bookingExpected(date.booking, service.expected) },
        );
      },
      actual: () => service.makeSeries(student.id, first.id!, { count, onConflict, method }),
    };
  },
});

export const chargeLessons = kind({
  name: 'charge series',
  weight: 3,
  draw: () => null,
  aim: (world, _lots, service) => ({
    about: 'lessons of series that are due are charged',
    expected() {
      chargeAll(world, ({ hold }) => service.idOf(hold));
      return {};
    },
    actual: () => service.chargeSeries(),
  }),
});

export const daysPass = kind({
  name: 'days pass',
  weight: 1,
  draw: (random) => ({ days: random.oneOf([1, 3, 4]), often: random.lot() }),
  aim(world, lots, service) {
    const waits = world.bookings.some(({ status }) => status === 'pending_payment');
    if (!waits || !pick([true, false], lots.often)) return null;
    return {
      about: `${lots.days} days pass`,
      expected() {
        world.now += minutes(1440 * lots.days);
        return {};
      },
      async actual() {
        service.s.clock.advance(1440 * lots.days);
        return {};
      },
    };
  },
});
