import * as fc from 'fast-check';
import { block, settings, teaching } from '../../test/teachings.ts';
import { isDue, staysQuiet } from './horizon.policy.ts';
import { desiredOf, horizonOf, wantedOf } from './openings.policy.ts';
import type { Published } from './schedules.store.ts';
import type { Teaching } from './teaching.ts';

const HOUR = 3_600_000;
/** A Friday. */
const FRIDAY = new Date('2030-03-01T09:00:00Z');
const hoursLater = (hours: number): Date => new Date(FRIDAY.getTime() + hours * HOUR);

/** What is known of a publication at an instant. */
function publishedAt(now: Date, of: Teaching): Published {
  const horizon = horizonOf(of.settings, now);
  return { tutorId: of.tutorId, version: 1, until: horizon.until, isWhole: wantedOf(of, horizon).isWhole };
}

describe('a tutor’s openings', () => {
  it.each([
    [0, false],
    [16, false],
    [16.99, false],
    [17, true],
    [40, true],
  ])('that were published at nine are to be moved on %d hours later: %s', (hours, expected) => {
    const someone = teaching();
    expect(isDue(someone, publishedAt(FRIDAY, someone), hoursLater(hours))).toBe(expected);
  });

  it('are not to be moved on where they reach farther than they should', () => {
    const short = teaching({ settings: { ...settings, horizonDays: 10 } });
    expect(isDue(short, publishedAt(FRIDAY, teaching()), hoursLater(24))).toBe(false);
  });
});

describe('moving the horizon', () => {
  const quarters = { ...settings, lessonMinutes: 15 };
  const mondays = block('03-04T10:00', '03-04T12:00', { rrule: 'FREQ=WEEKLY' });

  it.each<[string, Partial<Teaching>, number, boolean]>([
    ['says nothing where nothing is offered', {}, 24, true],
    ['says nothing where nothing comes into sight', { blocks: [mondays] }, 24, true],
    ['tells of a Monday', { blocks: [mondays] }, 4 * 24, false],
    [
      'tells of what is left out no longer',
      { blocks: [block('03-04T00:00', '03-30T00:00')], settings: quarters },
      24,
      false,
    ],
  ])('%s', (_, of, hours, expected) => {
    const someone = teaching(of);
    expect(staysQuiet(someone, publishedAt(FRIDAY, someone), hoursLater(hours))).toBe(expected);
  });

  const rule = fc.constantFrom(
    'FREQ=WEEKLY',
    'FREQ=DAILY;COUNT=40',
    'FREQ=WEEKLY;INTERVAL=3;BYDAY=SA,SU',
    'FREQ=MONTHLY',
    null,
  );
  const given = fc.record({ rule, from: fc.integer({ min: 1, max: 28 }), hours: fc.integer({ min: 1, max: 24 }) });
  const blocks = fc.array(given, { maxLength: 6 });
  const length = fc.constantFrom(15, 60, 240);

  it('is quiet only where what was told is what there is to tell', () => {
    let quiet = 0;
    const law = (all: { rule: string | null; from: number; hours: number }[], lessonMinutes: number, hours: number) => {
      const someone = teaching({
        settings: { ...settings, lessonMinutes },
        blocks: all.map(({ rule: rrule, from, hours: long }) => {
          const at = new Date(Date.UTC(2030, 2, from, 10));
          return {
            ...block('03-01T00:00', '03-01T01:00', { rrule }),
            startAt: at,
            endAt: new Date(at.getTime() + long * HOUR),
          };
        }),
      });
      const now = hoursLater(hours);
      if (!staysQuiet(someone, publishedAt(FRIDAY, someone), now)) return;
      quiet++;
      const told = desiredOf(someone, horizonOf(someone.settings, FRIDAY)).filter(({ startAt }) => startAt >= now);
      expect(desiredOf(someone, horizonOf(someone.settings, now))).toEqual(told);
    };
    fc.assert(fc.property(blocks, length, fc.integer({ min: 1, max: 100 }), law), { numRuns: 200 });
    expect(quiet).toBeGreaterThan(20);
  });
});
