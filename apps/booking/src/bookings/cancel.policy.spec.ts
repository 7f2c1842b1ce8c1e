import { newId, type PersonId } from '@scheduling/domain';
import { Booking } from './bookings.entity.ts';
import { BookingNotActive, LessonStarted } from './bookings.errors.ts';
import { cancel } from './cancel.policy.ts';

const [tutor, student] = [newId<PersonId>(), newId<PersonId>()];
const start = new Date('2030-03-02T12:00:00Z');
const hoursBefore = (hours: number) => new Date(start.getTime() - hours * 3_600_000);
const lesson = (changes: Partial<Booking> = {}): Booking =>
  Object.assign(new Booking(), {
    tutorId: tutor,
    studentId: student,
    startAt: start,
    status: 'confirmed',
    priceCents: 2500,
    policy: { full_refund_until_minutes: 1440 },
    ...changes,
  });

describe('a cancellation', () => {
  it.each([
    ['a student, a day before', student, false, 24, { refundCents: 2500, reopens: true }],
    ['a student, a moment later', student, false, 23.99, { refundCents: 0, reopens: true }],
    ['a tutor, at the last minute', tutor, false, 0.01, { refundCents: 2500, reopens: false }],
    ['a tutor who wants the time taken again', tutor, true, 48, { refundCents: 2500, reopens: true }],
  ])('by %s', (_, by, reopen, hours, outcome) => {
    expect(cancel(lesson(), by, reopen, hoursBefore(hours))).toEqual(outcome);
  });

  it('is refused once the lesson has started', () => {
    expect(() => cancel(lesson(), student, false, start)).toThrow(LessonStarted);
  });

  it('is refused of a lesson that is over', () => {
    expect(() => cancel(lesson({ status: 'completed' }), student, false, hoursBefore(48))).toThrow(BookingNotActive);
  });
});
