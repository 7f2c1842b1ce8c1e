import { newId, type PersonId, type SlotId } from '@scheduling/domain';
import type { SlotOnTerms } from '../slots/slots.store.ts';
import * as refusals from './holds.errors.ts';
import { grantSeat } from './holds.policy.ts';
import type { Situation } from './situation.store.ts';

const [tutor, ann, bob] = [newId<PersonId>(), newId<PersonId>(), newId<PersonId>()];
const noon = new Date('2030-03-01T12:00:00Z');
const minutesBefore = (minutes: number) => new Date(noon.getTime() - minutes * 60_000);

const lesson = (changes: Partial<SlotOnTerms> = {}): SlotOnTerms => ({
  id: newId<SlotId>(),
  tutorId: tutor,
  startAt: noon,
  endAt: minutesBefore(-60),
  priceCents: 2500,
  currency: 'USD',
  capacity: 2,
  offered: true,
  status: 'open',
  bufferBeforeMinutes: 0,
  bufferAfterMinutes: 0,
  minimumNoticeMinutes: 30,
  timezone: 'Europe/Kyiv',
  maximumLessonsPerDay: null,
  maximumLessonsPerWeek: null,
  policy: { full_refund_until_minutes: 1440 },
  ...changes,
});
const asked = (slot: SlotOnTerms = lesson(), changes: Partial<Situation> = {}): Situation => ({
  slot,
  seated: [],
  lessons: [],
  tutorBusy: false,
  studentBusy: false,
  isWaitedFor: false,
  studentHolds: 0,
  studentHoldsLately: 0,
  own: null,
  inTheWay: [],
  ...changes,
});
const holding = (seat: number, personId: PersonId) => ({ seat, personId, expiresAt: noon });
const booked = (seat: number, personId: PersonId) => ({ seat, personId, expiresAt: null });

describe('granting a seat', () => {
  it('fills the lowest seat that someone left', () => {
    expect(grantSeat(asked(lesson(), { seated: [booked(2, bob)] }), ann, minutesBefore(60)).seat).toBe(1);
  });

  it('holds a seat for ten minutes', () => {
    expect(grantSeat(asked(), ann, minutesBefore(60)).expiresAt).toEqual(minutesBefore(50));
  });

  it('never lets a hold outlive the start of its slot', () => {
    const slot = lesson({ minimumNoticeMinutes: 0 });
    expect(grantSeat(asked(slot), ann, minutesBefore(4)).expiresAt).toEqual(noon);
  });

  it('grants a seat exactly at the notice that the tutor asks for', () => {
    expect(grantSeat(asked(), ann, minutesBefore(30)).seat).toBe(1);
  });

  it('lets another student into a lesson that a cap has counted', () => {
    const slot = lesson({ maximumLessonsPerDay: 1, maximumLessonsPerWeek: 1 });
    expect(grantSeat(asked(slot, { lessons: [slot] }), ann, minutesBefore(60)).seat).toBe(1);
  });

  const full = { capacity: 1 };
  const taught = (startAt: Date) => ({ lessons: [{ id: newId<SlotId>(), startAt }] });
  const dayBefore = minutesBefore(24 * 60);
  it.each<[string, Partial<SlotOnTerms>, Partial<Situation>, new (...facts: never[]) => Error, number]>([
    ['its own tutor', { tutorId: ann }, {}, refusals.OwnSlot, 60],
    ['a slot that has started', { minimumNoticeMinutes: 0 }, {}, refusals.SlotStarted, 0],
    ['a slot that was taken back', { offered: false }, {}, refusals.SlotClosed, 60],
    ['a slot within the notice', {}, {}, refusals.TooSoon, 29],
    ['a full slot that may come free', full, { seated: [holding(1, bob)] }, refusals.SlotHeldByOthers, 60],
    ['a slot that is sold out', full, { seated: [booked(1, bob)] }, refusals.SlotBooked, 60],
    ['a student who sits in it', {}, { seated: [booked(1, ann)] }, refusals.AlreadyBooked, 60],
    ['a tutor in another lesson', {}, { tutorBusy: true }, refusals.TutorBusy, 60],
    ['a lesson more than the day takes', { maximumLessonsPerDay: 1 }, taught(noon), refusals.DailyCapReached, 60],
    [
      'a lesson more than the week takes',
      { maximumLessonsPerWeek: 1 },
      taught(dayBefore),
      refusals.WeeklyCapReached,
      60,
    ],
    ['a seat that somebody waits for', {}, { isWaitedFor: true }, refusals.SlotHeldByOthers, 60],
    ['a student in another lesson', {}, { studentBusy: true }, refusals.StudentBusy, 60],
    ['a student with three holds', {}, { studentHolds: 3 }, refusals.HoldLimit, 60],
    ['a student who asked for twenty within the hour', {}, { studentHoldsLately: 20 }, refusals.HoldLimit, 60],
  ])('refuses %s', (_, slot, situation, refusal, minutes) => {
    expect(() => grantSeat(asked(lesson(slot), situation), ann, minutesBefore(minutes))).toThrow(refusal);
  });
});
