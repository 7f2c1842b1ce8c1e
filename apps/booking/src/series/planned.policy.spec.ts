import type { PersonId, SeriesId } from '@scheduling/domain';
import type { Situation } from '../holds/situation.store.ts';
import type { SlotOnTerms } from '../slots/slots.store.ts';
import { turn } from './planned.policy.ts';
import type { Planned } from './planned.store.ts';

const NOW = new Date('2030-03-01T12:00:00Z');
const STUDENT = 'student' as PersonId;
const planned = {
  seriesId: 'series' as SeriesId,
  number: 3,
  studentId: STUDENT,
  paymentMethod: 'credit' as const,
  priceCents: 2500,
  currency: 'USD',
};
const decide = (slot: Partial<SlotOnTerms>, rest: Partial<Situation> = {}, whose: Planned | null = planned) => {
  const startAt = new Date('2030-03-01T14:00:00Z');
  const terms = { offered: true, startAt, minimumNoticeMinutes: 120, priceCents: 2500, currency: 'USD' };
  const situation = { slot: { ...terms, ...slot }, seated: [], studentBusy: false, ...rest } as unknown as Situation;
  return turn(whose, situation, NOW);
};

describe('a seat that is reserved for a date', () => {
  it('becomes a lesson', () => {
    expect(decide({})).toEqual({ kind: 'book' });
    expect(decide({ priceCents: 2400 })).toEqual({ kind: 'book' });
  });

  it.each([
    ['withdrawn', { offered: false }],
    ['within the tutor’s notice by now', { minimumNoticeMinutes: 121 }],
    ['begun', { startAt: NOW, minimumNoticeMinutes: 0 }],
  ])('is everyone’s where its slot is %s', (_, slot) => {
    expect(decide(slot)).toEqual({ kind: 'open' });
  });

  it('is everyone’s where no series wants it any more', () => {
    expect(decide({}, {}, null)).toEqual({ kind: 'open' });
  });

  it.each<[string, string, Partial<SlotOnTerms>, Partial<Situation>]>([
    ['is in another lesson', 'student_busy', {}, { studentBusy: true }],
    ['has booked it', 'already_booked', {}, { seated: [{ seat: 1, personId: STUDENT, expiresAt: null }] }],
    ['would pay more', 'price_rose', { priceCents: 2501 }, {}],
    ['would pay in another currency', 'price_rose', { currency: 'EUR' }, {}],
  ])('is for the next where the student %s', (_, code, slot, rest) => {
    expect(decide(slot, rest)).toEqual({ kind: 'skip', code });
  });
});
