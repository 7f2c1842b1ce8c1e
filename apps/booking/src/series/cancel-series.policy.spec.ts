import type { BookingId } from '@scheduling/domain';
import type { Booking, BookingStatus } from '../bookings/bookings.entity.ts';
import { BookingNotFound } from '../bookings/bookings.errors.ts';
import { affected, type Extent } from './cancel-series.policy.ts';
import type { DatedLesson } from './series.store.ts';

const NOW = new Date('2030-03-10T12:00:00Z');
const dayOf = (number: number) => new Date(NOW.getTime() + (number - 2.5) * 864e5);
const id = (number: number) => `lesson ${number}` as BookingId;

/** A date whose lesson is in a state, or one that is planned. */
const date = (status: BookingStatus | 'planned', i: number): DatedLesson => {
  const number = i + 1;
  const none = {
    number,
    startAt: dayOf(number),
    code: null,
    status: 'planned' as const,
    bookingId: null,
    booking: null,
  };
  if (status === 'planned') return none;
  const booking = { id: id(number), status, startAt: dayOf(number) } as Booking;
  return { ...none, status: 'booked', bookingId: booking.id, booking };
};
const STATES = ['completed', 'confirmed', 'confirmed', 'refunded', 'pending_payment', 'planned'] as const;
const dates = STATES.map(date);
const chosen = (extent: Extent) => {
  const { lessons, plannedFrom } = affected({ dates }, extent, NOW);
  return [lessons.map((lesson) => lesson.id), plannedFrom];
};

describe('canceling a series', () => {
  it('concerns all lessons that have not begun, and what is planned', () => {
    expect(chosen({ scope: 'all' })).toEqual([[id(3), id(5)], 1]);
  });

  it('concerns a lesson and whatever follows', () => {
    expect(chosen({ scope: 'following', bookingId: id(4) })).toEqual([[id(5)], 4]);
    expect(chosen({ scope: 'following', bookingId: id(1) })).toEqual([[id(3), id(5)], 1]);
  });

  it.each([
    ['one that stands', 5, [id(5)]],
    ['one that has begun, to be refused by its own rule', 2, [id(2)]],
    ['one that is over, to be refused by its own rule', 1, [id(1)]],
    ['none where it is off already', 4, []],
  ])('concerns one lesson alone: %s', (_, number, expected) => {
    expect(chosen({ scope: 'one', bookingId: id(number) })).toEqual([expected, null]);
  });

  it.each(['one', 'following'] as const)('is refused for a lesson of another: %s', (scope) => {
    expect(() => chosen({ scope, bookingId: id(99) })).toThrow(BookingNotFound);
  });
});
