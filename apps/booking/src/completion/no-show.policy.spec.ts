import { Booking, type Side } from '../bookings/bookings.entity.ts';
import { LessonNotStarted, NoSuchLesson, TooLateToTell, ToldOtherwise } from './no-show.errors.ts';
import { noShowRefund } from './no-show.policy.ts';

const [start, end] = [new Date('2030-03-02T12:00:00Z'), new Date('2030-03-02T13:00:00Z')];
const after = (at: Date, hours: number) => new Date(at.getTime() + hours * 3_600_000);
const lesson = (changes: Partial<Booking> = {}): Booking =>
  Object.assign(new Booking(), {
    startAt: start,
    endAt: end,
    status: 'confirmed',
    priceCents: 2500,
    noShowBy: null,
    policy: { full_refund_until_minutes: 1440 },
    ...changes,
  });

describe('an absence', () => {
  it.each<[string, Side, number | undefined, number]>([
    ['of the student gives nothing back', 'student', undefined, 0],
    ['of the student gives back what the policy says', 'student', 30, 750],
    ['of the tutor gives back all of it', 'tutor', 30, 2500],
  ])('%s', (_, absent, percent, cents) => {
    const policy = { full_refund_until_minutes: 1440, ...(percent && { student_no_show_refund_percent: percent }) };
    expect(noShowRefund(lesson({ policy }), absent, start)).toBe(cents);
    expect(noShowRefund(lesson({ policy, status: 'completed' }), absent, after(end, 24))).toBe(cents);
  });

  it.each<[string, Partial<Booking>, Date, new (...args: never[]) => Error]>([
    ['before the start', {}, after(start, -0.01), LessonNotStarted],
    ['over a day after the end', {}, after(end, 24.01), TooLateToTell],
    ['of a lesson that is off', { status: 'canceled' }, start, NoSuchLesson],
    ['of a lesson whose money went back', { status: 'refunded' }, start, NoSuchLesson],
    ['of a lesson that is not paid for', { status: 'pending_payment' }, start, NoSuchLesson],
    ['of the other one', { noShowBy: 'student' }, start, ToldOtherwise],
  ])('is refused %s', (_, changes, now, refusal) => {
    expect(() => noShowRefund(lesson(changes), 'tutor', now)).toThrow(refusal);
  });
});
