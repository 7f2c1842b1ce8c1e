import type { PersonId, SlotId } from '@scheduling/domain';
import type { Hold } from '../holds/holds.store.ts';
import type { Situation } from '../holds/situation.store.ts';
import type { SlotOnTerms } from '../slots/slots.store.ts';
import { type Candidate, type Look, nearestSlots, planDates, type Scene, withNearest } from './plan.policy.ts';

const STUDENT = 'student' as PersonId;
const NOW = new Date('2030-03-01T09:00:00Z');
const MONDAYS = ['2030-03-04T12:00Z', '2030-03-11T12:00Z', '2030-03-18T12:00Z'].map((at) => new Date(at));
const scene: Scene = {
  student: STUDENT,
  now: NOW,
  horizonAt: new Date('2030-04-01T00:00Z'),
  promised: [],
  lessons: [],
};

const id = (at: Date | string) => new Date(at).toISOString() as SlotId;
const look = (at: Date | string, slot: Partial<SlotOnTerms> = {}, rest: Partial<Situation> = {}, own?: Hold): Look => ({
  own: own ?? null,
  situation: {
    slot: {
      id: id(at),
      tutorId: 'tutor' as PersonId,
      startAt: new Date(at),
      offered: true,
      capacity: 1,
      minimumNoticeMinutes: 0,
      timezone: 'Europe/Kyiv',
      maximumLessonsPerDay: null,
      maximumLessonsPerWeek: null,
      ...slot,
    } as SlotOnTerms,
    seated: [],
    lessons: [],
    tutorBusy: false,
    studentBusy: false,
    isWaitedFor: false,
    studentHolds: 99,
    studentHoldsLately: 99,
    own: null,
    inTheWay: [],
    ...rest,
  },
});
const candidate = (at: string, rest: Partial<Candidate> = {}): Candidate => ({
  id: id(at),
  startAt: new Date(at),
  timezone: 'Europe/Kyiv',
  maximumLessonsPerDay: null,
  maximumLessonsPerWeek: null,
  isWaitedFor: false,
  studentBusy: false,
  ...rest,
});
const told = (plan: readonly { outcome: { kind: string; code?: string } }[]) =>
  plan.map(({ outcome: { kind, code } }) => (code ? `${kind}: ${code}` : kind));
const one = (look: Look, changes: Partial<Scene> = {}) =>
  told(planDates([look.situation.slot.startAt], [look], { ...scene, ...changes }))[0];

describe('a date of a series', () => {
  it.each<[string, Partial<SlotOnTerms>, Partial<Situation>]>([
    ['available', {}, {}],
    ['conflict: slot_closed', { offered: false }, {}],
    ['conflict: too_soon', { minimumNoticeMinutes: 4 * 24 * 60 }, {}],
    ['conflict: tutor_busy', {}, { tutorBusy: true }],
    ['conflict: student_busy', {}, { studentBusy: true }],
    ['conflict: slot_held', {}, { isWaitedFor: true }],
    ['conflict: slot_booked', {}, { seated: [{ seat: 1, personId: 'x' as PersonId, expiresAt: null }] }],
    ['conflict: slot_held', {}, { seated: [{ seat: 1, personId: 'x' as PersonId, expiresAt: MONDAYS[0]! }] }],
    ['conflict: already_booked', {}, { seated: [{ seat: 1, personId: STUDENT, expiresAt: null }] }],
  ])('is, as a hold would be, %s', (expected, slot, rest) => {
    expect(one(look(MONDAYS[0]!, slot, rest))).toBe(expected);
  });

  it('has no slot, though the tutor’s openings reach as far', () => {
    expect(told(planDates(MONDAYS, [look(MONDAYS[1]!)], scene))).toEqual([
      'conflict: not_offered',
      'available',
      'conflict: not_offered',
    ]);
  });

  it('lies beyond the horizon, from that instant on', () => {
    const at = (horizonAt: Date) => told(planDates([MONDAYS[0]!], [], { ...scene, horizonAt }))[0];
    expect(at(MONDAYS[0]!)).toBe('beyond_horizon');
    expect(at(new Date(MONDAYS[0]!.getTime() + 1))).toBe('conflict: not_offered');
    expect(one(look(MONDAYS[0]!, { offered: false }), { horizonAt: MONDAYS[0]! })).toBe('beyond_horizon');
    expect(one(look(MONDAYS[0]!), { horizonAt: MONDAYS[0]! })).toBe('available');
  });

  it('is promised to others, beyond the horizon alone', () => {
    const promised = [new Date(MONDAYS[1]!)];
    const beyond = { ...scene, horizonAt: MONDAYS[0]!, promised };
    expect(told(planDates(MONDAYS, [], beyond))).toEqual([
      'beyond_horizon',
      'conflict: slot_planned',
      'beyond_horizon',
    ]);
    expect(told(planDates(MONDAYS.slice(1, 2), [look(MONDAYS[1]!)], beyond))).toEqual(['available']);
  });

  it('is the student’s where they hold it, whatever has changed since', () => {
    const own = { id: 'hold', seat: 2 } as unknown as Hold;
    const plan = planDates([MONDAYS[0]!], [look(MONDAYS[0]!, { offered: false }, { tutorBusy: true }, own)], scene);
    expect(plan[0]!.outcome).toMatchObject({ kind: 'available', seat: 2, own });
  });

  it('counts for what the tutor wants to teach in the same week', () => {
    const days = [MONDAYS[0]!, new Date('2030-03-06T12:00Z'), MONDAYS[1]!];
    const weekly = { maximumLessonsPerWeek: 1 };
    expect(
      told(
        planDates(
          days,
          days.map((at) => look(at, weekly)),
          scene,
        ),
      ),
    ).toEqual(['available', 'conflict: week_full', 'available']);
  });
});

describe('the slot nearest to a date that cannot be had', () => {
  const taken = look(MONDAYS[1]!, {}, { tutorBusy: true });
  const plan = planDates(MONDAYS, [look(MONDAYS[0]!), taken, look(MONDAYS[2]!)], scene);
  const nearest = (...candidates: Candidate[]) => nearestSlots(plan, candidates, scene).get(MONDAYS[1]!);

  it.each([
    ['the nearer of two', ['2030-03-11T09:00Z', '2030-03-11T14:00Z'], '2030-03-11T14:00Z'],
    ['the sooner of two as near', ['2030-03-11T10:00Z', '2030-03-11T14:00Z'], '2030-03-11T10:00Z'],
    ['one a whole day off', ['2030-03-12T12:00Z'], '2030-03-12T12:00Z'],
  ])('is %s', (_, starts, expected) => {
    expect(nearest(...starts.map((at) => candidate(at)))).toBe(id(expected));
  });

  it('is none that is further, waited for, at another lesson of the student, or one too many', () => {
    expect(nearest(candidate('2030-03-12T12:01Z'))).toBeUndefined();
    expect(nearest(candidate('2030-03-11T13:00Z', { isWaitedFor: true }))).toBeUndefined();
    expect(nearest(candidate('2030-03-11T13:00Z', { studentBusy: true }))).toBeUndefined();
    const lessons = [{ id: id('2030-03-14T12:00Z'), startAt: new Date('2030-03-14T12:00Z') }];
    const full = candidate('2030-03-11T13:00Z', { maximumLessonsPerWeek: 1 });
    expect(nearestSlots(plan, [full], { ...scene, lessons }).size).toBe(0);
  });

  it('takes the place of the date alone, and says why', () => {
    const at = '2030-03-11T13:00Z';
    const moved = withNearest(plan, new Map([[MONDAYS[1]!, id(at)]]), [look(at)], scene);
    expect(told(moved)).toEqual(['available', 'nearest: tutor_busy', 'available']);
    expect(moved[1]!.startAt).toEqual(MONDAYS[1]);
    expect(
      told(withNearest(plan, new Map([[MONDAYS[1]!, id(at)]]), [look(at, {}, { tutorBusy: true })], scene)),
    ).toEqual(told(plan));
  });
});
