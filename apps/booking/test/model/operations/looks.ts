import { bookingExpected } from '../answers.ts';
import { isoOf } from '../calendar.ts';
import { listedOf, seatsLeft } from '../listing.ts';
import { balanceOf } from '../money.ts';
import { kind } from '../operation.ts';
import { pick } from '../random.ts';
import { someStudent } from './choices.ts';

export const listSlots = kind({
  name: 'list slots',
  weight: 8,
  draw: (random) => ({ tutor: random.lot() }),
  aim(world, lots, service) {
    const tutor = pick(world.tutors, lots.tutor)!;
    return {
      about: `somebody looks for slots of ${tutor.name}`,
      expected: () =>
        listedOf(world, tutor).map((slot) => ({
          slot: service.expected.of(slot),
          end: isoOf(slot.end),
          price: slot.price,
          currency: slot.currency,
          seatsLeft: seatsLeft(world, slot),
        })),
      actual: () => service.listed(tutor.id),
    };
  },
});

export const listBookings = kind({
  name: 'list bookings',
  weight: 3,
  draw: (random) => ({ student: random.lot() }),
  aim(world, lots, service) {
    const student = someStudent(world, lots.student);
    return {
      about: `${student.name} looks at their bookings`,
      expected: () =>
        world.bookings
          .filter((booking) => booking.student === student)
          .toSorted((a, b) => b.start - a.start || (service.idOf(a.hold) < service.idOf(b.hold) ? 1 : -1))
          .map((booking) => bookingExpected(booking, service.expected)),
      actual: () => service.bookings(student.id),
    };
  },
});

export const balance = kind({
  name: 'balance',
  weight: 3,
  draw: (random) => ({ student: random.lot() }),
  aim(world, lots, service) {
    const student = someStudent(world, lots.student);
    return {
      about: `${student.name} looks at their credits`,
      expected: () => ({ cents: balanceOf(student).cents }),
      actual: () => service.balance(student.id),
    };
  },
});
