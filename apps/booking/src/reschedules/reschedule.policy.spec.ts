import { newId, type PersonId } from '@scheduling/domain';
import { Booking } from '../bookings/bookings.entity.ts';
import { LessonStarted, PaymentUnderWay } from '../bookings/bookings.errors.ts';
import type { Slot } from '../slots/slots.store.ts';
import { priceDifference, refuseMove, refuseOtherTutor } from './reschedule.policy.ts';
import { AnotherTutor, MovedTooOften, NotMovable, PriceDiffers, TooLateToMove } from './reschedules.errors.ts';

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
    currency: 'USD',
    paymentMethod: 'credit',
    paymentIntentId: null,
    reschedules: 0,
    freeCancellation: false,
    policy: { full_refund_until_minutes: 1440, reschedule_until_minutes: 720, maximum_reschedules: 2 },
    ...changes,
  });

const slot = (changes: Partial<Slot> = {}) =>
  ({ tutorId: tutor, priceCents: 2500, currency: 'USD', ...changes }) as Slot;

describe('moving a lesson', () => {
  it('stays with its tutor', () => {
    expect(() => refuseOtherTutor(lesson(), slot())).not.toThrow();
    expect(() => refuseOtherTutor(lesson(), slot({ tutorId: student }))).toThrow(AnotherTutor);
  });

  it.each([
    ['a student in time', student, {}, 12],
    ['a student who has one move left', student, { reschedules: 1 }, 12],
    [
      'a student at the last minute, after the tutor moved it',
      student,
      { freeCancellation: true, reschedules: 9 },
      0.01,
    ],
    ['a tutor at the last minute, however often', tutor, { reschedules: 9 }, 0.01],
    ['a student whom nobody has charged yet', student, { status: 'pending_payment' as const }, 48],
    ['a student whose copy is of before', student, { policy: { full_refund_until_minutes: 600 } }, 10],
  ])('is up to %s', (_, by, changes, hours) => {
    expect(() => refuseMove(lesson(changes), by, hoursBefore(hours))).not.toThrow();
  });

  it.each([
    ['too late', student, {}, 11.99, TooLateToMove],
    [
      'too late, where the copy is of before',
      student,
      { policy: { full_refund_until_minutes: 600 } },
      9.99,
      TooLateToMove,
    ],
    ['too often', student, { reschedules: 2 }, 48, MovedTooOften],
    [
      'where the policy lets nobody',
      student,
      { policy: { full_refund_until_minutes: 0, maximum_reschedules: 0 } },
      48,
      MovedTooOften,
    ],
    ['once it has started', tutor, {}, 0, LessonStarted],
    [
      'that is being paid for',
      student,
      { status: 'pending_payment' as const, paymentIntentId: 'pi_1' },
      48,
      PaymentUnderWay,
    ],
    ['that is off', tutor, { status: 'canceled' as const }, 48, NotMovable],
    ['that is over', tutor, { status: 'completed' as const }, -48, NotMovable],
  ])('is refused %s', (_, by, changes, hours, refusal) => {
    expect(() => refuseMove(lesson(changes), by, hoursBefore(hours))).toThrow(refusal);
  });
});

describe('the price at a new time', () => {
  it.each([
    ['the same, whoever moves it', tutor, 'stripe', 2500, 0],
    ['dearer, for a student with credits', student, 'credit', 3000, 500],
    ['cheaper, for a student with credits', student, 'credit', 2000, -500],
    ['cheaper, where the tutor moves it', tutor, 'credit', 2000, -500],
  ] as const)('may be %s', (_, by, paymentMethod, priceCents, more) => {
    expect(priceDifference(lesson({ paymentMethod }), slot({ priceCents }), by)).toBe(more);
  });

  it('is settled when it is charged, where nothing was paid yet', () => {
    expect(priceDifference(lesson({ status: 'pending_payment' }), slot({ priceCents: 3000 }), student)).toBe(0);
  });

  it.each([
    ['dearer for a card', student, 'stripe', { priceCents: 3000 }],
    ['cheaper for a card', student, 'stripe', { priceCents: 2000 }],
    ['another for a subscription', student, 'subscription', { priceCents: 2000 }],
    ['of another currency', student, 'credit', { currency: 'EUR' }],
    ['dearer because of the tutor', tutor, 'credit', { priceCents: 3000 }],
  ] as const)('may not be %s', (_, by, paymentMethod, changes) => {
    expect(() => priceDifference(lesson({ paymentMethod }), slot(changes), by)).toThrow(PriceDiffers);
  });
});
