import { newId, type PersonId, type SlotId } from '@scheduling/domain';
import type { Situation } from '../holds/situation.store.ts';
import { RangeBackwards, RangeTooLong } from '../slots/slots.errors.ts';
import type { SlotOnTerms } from '../slots/slots.store.ts';
import { OwnTime, TooLateToWait } from './waitlist.errors.ts';
import { offeredUntil, refuseWish, turn, type Wish } from './waitlist.policy.ts';

const [tutor, ann, bob] = [newId<PersonId>(), newId<PersonId>(), newId<PersonId>()];
const noon = new Date('2030-03-01T12:00:00Z');
const minutesBefore = (minutes: number) => new Date(noon.getTime() - minutes * 60_000);

/** What the first in line would have of a lesson at noon. */
function meets(changes: Partial<SlotOnTerms> = {}, around: Partial<Situation> = {}): Situation {
  const slot = { tutorId: tutor, startAt: noon, offered: true, minimumNoticeMinutes: 0, ...changes } as SlotOnTerms;
  return { slot, seated: [], studentBusy: false, ...around } as Situation;
}

describe('the first in line', () => {
  it.each([
    ['has fifteen minutes', 300, minutesBefore(285)],
    ['has less where the two hours before the lesson begin sooner', 130, minutesBefore(120)],
  ])('%s', (_, minutes, expiresAt) => {
    expect(turn(ann, meets(), minutesBefore(minutes))).toEqual({ kind: 'offer', expiresAt });
  });

  it.each([
    ['is passed over in another lesson', meets({}, { studentBusy: true }), 300, 'pass'],
    [
      'is passed over with a seat in this one',
      meets({}, { seated: [{ seat: 1, personId: ann, expiresAt: null }] }),
      300,
      'pass',
    ],
    [
      'is asked whoever else sits there',
      meets({}, { seated: [{ seat: 1, personId: bob, expiresAt: null }] }),
      300,
      'offer',
    ],
    ['is not asked about what the tutor withdrew', meets({ offered: false }), 300, 'open'],
    ['is not asked two hours before', meets(), 120, 'open'],
    ['is asked a minute earlier', meets(), 121, 'offer'],
    ['is not asked within the tutor’s notice', meets({ minimumNoticeMinutes: 240 }), 239, 'open'],
    ['is asked exactly at the tutor’s notice', meets({ minimumNoticeMinutes: 240 }), 240, 'offer'],
  ])('%s', (_, situation, minutes, kind) => {
    expect(turn(ann, situation, minutesBefore(minutes)).kind).toBe(kind);
  });

  it('may be nobody: then the seat is everyone’s', () => {
    expect(turn(null, meets(), minutesBefore(300))).toEqual({ kind: 'open' });
  });
});

describe('a wish', () => {
  const slot: Wish = { tutorId: tutor, slotId: newId<SlotId>(), starts: { from: noon, until: noon } };
  const window = (from: Date, until: Date): Wish => ({ tutorId: tutor, slotId: null, starts: { from, until } });

  it('is in time until two hours before the last start', () => {
    expect(offeredUntil(noon)).toEqual(minutesBefore(120));
    expect(() => refuseWish(slot, ann, minutesBefore(121))).not.toThrow();
    expect(() => refuseWish(window(minutesBefore(300), noon), ann, minutesBefore(121))).not.toThrow();
  });

  it.each([
    ['for one’s own lesson', slot, tutor, 300, OwnTime],
    ['for a lesson in two hours', slot, ann, 120, TooLateToWait],
    ['for what starts within two hours', window(minutesBefore(300), noon), ann, 120, TooLateToWait],
    ['for a window without any time', window(noon, noon), ann, 300, RangeBackwards],
    ['for a window of 93 days', window(noon, minutesBefore(-93 * 1440)), ann, 300, RangeTooLong],
  ])('is refused %s', (_, wish, student, minutes, refusal) => {
    expect(() => refuseWish(wish, student, minutesBefore(minutes))).toThrow(refusal);
  });
});
