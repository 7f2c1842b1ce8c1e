import { newId, type PersonId } from '@scheduling/domain';
import { Booking } from './bookings.entity.ts';
import { BookingNotActive, LessonStarted, PaymentUnderWay } from './bookings.errors.ts';
import { cancel, deadlinesOf } from './cancel.policy.ts';

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
    paymentIntentId: null,
    freeCancellation: false,
    policy: { full_refund_until_minutes: 1440 },
    ...changes,
  });
const IN_PARTS = { full_refund_until_minutes: 1440, partial_refund_until_minutes: 360, partial_refund_percent: 50 };

describe('a cancellation', () => {
  it.each([
    ['a student, a day before', student, false, 24, { refundCents: 2500, reopens: true }],
    ['a student, a moment later', student, false, 23.99, { refundCents: 0, reopens: true }],
    ['a tutor, at the last minute', tutor, false, 0.01, { refundCents: 2500, reopens: false }],
    ['a tutor who wants the time taken again', tutor, true, 48, { refundCents: 2500, reopens: true }],
  ])('by %s', (_, by, reopen, hours, outcome) => {
    expect(cancel(lesson(), by, reopen, hoursBefore(hours))).toEqual(outcome);
  });

  it.each([
    [24, 2500],
    [23.99, 1250],
    [6, 1250],
    [5.99, 0],
  ])('of a policy in parts gives back %d hours before the start %d', (hours, refundCents) => {
    expect(cancel(lesson({ policy: IN_PARTS }), student, false, hoursBefore(hours)).refundCents).toBe(refundCents);
  });

  it('of a lesson that the tutor moved is free until the start', () => {
    const moved = lesson({ freeCancellation: true });
    expect(cancel(moved, student, false, hoursBefore(0.01)).refundCents).toBe(2500);
    expect(deadlinesOf(moved)).toEqual({ fullUntil: start, partialUntil: null });
  });

  it('of a lesson that nobody was asked to pay for yet gives nothing back', () => {
    const planned = lesson({ status: 'pending_payment' });
    expect(cancel(planned, student, false, hoursBefore(48))).toEqual({ refundCents: 0, reopens: true });
    expect(cancel(planned, tutor, false, hoursBefore(48))).toEqual({ refundCents: 0, reopens: false });
  });

  it('is refused while a provider is asked for the money', () => {
    const paying = lesson({ status: 'pending_payment', paymentIntentId: 'pi_1' });
    expect(() => cancel(paying, student, false, hoursBefore(48))).toThrow(PaymentUnderWay);
  });

  it('is refused once the lesson has started', () => {
    expect(() => cancel(lesson(), student, false, start)).toThrow(LessonStarted);
  });

  it.each(['completed', 'canceled', 'refunded'] as const)('is refused of a lesson that is %s', (status) => {
    expect(() => cancel(lesson({ status }), student, false, hoursBefore(48))).toThrow(BookingNotActive);
  });
});

describe('the deadlines of a cancellation', () => {
  it('are the policy’s', () => {
    expect(deadlinesOf(lesson({ policy: IN_PARTS }))).toEqual({
      fullUntil: hoursBefore(24),
      partialUntil: hoursBefore(6),
    });
  });

  it.each([
    ['none is given', { ...IN_PARTS, partial_refund_percent: 0 }],
    ['its time is over with the whole’s', { ...IN_PARTS, partial_refund_until_minutes: 1440 }],
    ['the copy is of before', { full_refund_until_minutes: 1440 }],
  ])('know of no part where %s', (_, policy) => {
    expect(deadlinesOf(lesson({ policy })).partialUntil).toBeNull();
  });
});
