import { refuseTransition } from './booking-states.policy.ts';
import { type Booking, BOOKING_STATUSES, type BookingStatus } from './bookings.entity.ts';
import { BookingNotActive, IllegalTransition } from './bookings.errors.ts';

const booking = (status: BookingStatus) => ({ id: 'b', status }) as unknown as Booking;
const LEGAL = new Set([
  'pending_payment confirmed',
  'pending_payment canceled',
  'confirmed completed',
  'confirmed canceled',
  'canceled refunded',
]);

describe('a booking', () => {
  const pairs = BOOKING_STATUSES.flatMap((from) => BOOKING_STATUSES.map((to) => [from, to] as const));

  it.each(pairs.filter(([from, to]) => from === to || LEGAL.has(`${from} ${to}`)))(
    'may go from %s to %s',
    (from, to) => {
      expect(() => refuseTransition(booking(from), to)).not.toThrow();
    },
  );

  it.each(pairs.filter(([from, to]) => from !== to && !LEGAL.has(`${from} ${to}`)))(
    'never goes from %s to %s',
    (from, to) => {
      expect(() => refuseTransition(booking(from), to)).toThrow(
        to === 'canceled' ? BookingNotActive : IllegalTransition,
      );
    },
  );
});
