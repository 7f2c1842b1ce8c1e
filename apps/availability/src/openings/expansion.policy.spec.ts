import { type Lesson, TooManyLessons } from '@scheduling/time';
import { block, override, settings, timeOff } from '../../test/teachings.ts';
import type { AvailabilityBlock } from '../blocks/blocks.store.ts';
import { dayOf, lessonsOfBlock, occurrencesOf, soonest } from './expansion.policy.ts';
import { horizonOf } from './openings.policy.ts';

const NOW = new Date('2030-03-01T09:00:00Z');
const horizon = horizonOf(settings, NOW);
const quarters = { ...settings, lessonMinutes: 15 };
const starts = (lessons: readonly Pick<Lesson, 'startAt'>[]) =>
  lessons.map(({ startAt }) => startAt.toISOString().slice(5, 16));

describe('the lessons of one block', () => {
  it.each<[string, AvailabilityBlock, string[]]>([
    ['hour by hour', block('03-04T10:00', '03-04T12:00'), ['03-04T10:00', '03-04T11:00']],
    ['without what is too short for one', block('03-04T10:00', '03-04T11:59'), ['03-04T10:00']],
    ['none that has begun', block('03-01T07:30', '03-01T11:30'), ['03-01T09:30', '03-01T10:30']],
    ['one that begins right now', block('03-01T09:00', '03-01T10:00'), ['03-01T09:00']],
    ['none that begins at the horizon', block('04-26T08:00', '04-26T10:00'), ['04-26T08:00']],
    ['none that is over', block('02-01T07:30', '02-01T11:30'), []],
    ['as long as its own', block('03-04T10:00', '03-04T12:00', { lessonMinutes: 120 }), ['03-04T10:00']],
    [
      'at the starts of a rule, less the exceptions, and at others besides',
      block('03-04T10:00', '03-04T11:00', {
        rrule: 'FREQ=DAILY;COUNT=3',
        exdates: [new Date('2030-03-05T10:00:00Z')],
        rdates: [new Date('2030-03-09T18:00:00Z')],
      }),
      ['03-04T10:00', '03-06T10:00', '03-09T18:00'],
    ],
    [
      'at the wall clock’s hour across the change to summer time',
      block('03-25T14:00', '03-25T15:00', { rrule: 'FREQ=WEEKLY;COUNT=2', timezone: 'Europe/Kyiv' }),
      ['03-25T14:00', '04-01T13:00'],
    ],
    [
      'at the wall clock’s hour that the first day skips',
      block('03-31T01:30', '03-31T02:30', {
        rrule: 'FREQ=DAILY;COUNT=2',
        timezone: 'Europe/Kyiv',
        startWall: new Date('2030-03-31T03:30:00Z'),
      }),
      ['03-31T01:30', '04-01T00:30'],
    ],
  ])('come %s', (_, of, expected) => {
    expect(starts(lessonsOfBlock(of, settings, horizon))).toEqual(expected);
  });

  const soonestOf = (of: AvailabilityBlock) => soonest((part) => lessonsOfBlock(of, quarters, part), horizon);

  it('are the soonest where all are more than one tutor may offer', () => {
    const always = block('03-04T00:00', '12-01T00:00');
    expect(() => lessonsOfBlock(always, quarters, horizon)).toThrow(TooManyLessons);
    const { found, until } = soonestOf(always);
    expect(starts(found).slice(0, 2)).toEqual(['03-04T00:00', '03-04T00:15']);
    expect(found.length).toBeGreaterThan(900);
    expect(found.length).toBeLessThanOrEqual(2000);
    expect(until < horizon.until).toBe(true);
  });

  it('are all of them where they are not too many', () => {
    const few = block('03-04T10:00', '03-04T12:00');
    expect(soonestOf(few)).toEqual({ found: lessonsOfBlock(few, quarters, horizon), until: horizon.until });
  });

  it('are still worked out of a rule with a start a minute', () => {
    const minutely = block('03-01T09:00', '03-01T10:00', { rrule: 'FREQ=MINUTELY' });
    expect(starts(soonestOf(minutely).found)[0]).toBe('03-01T09:00');
  });
});

describe('the day of an override', () => {
  it.each([
    ['Europe/Kyiv', '03-04', '2030-03-03T22:00:00.000Z', '2030-03-04T22:00:00.000Z'],
    ['Europe/Kyiv', '03-31', '2030-03-30T22:00:00.000Z', '2030-03-31T21:00:00.000Z'],
    ['America/New_York', '03-10', '2030-03-10T05:00:00.000Z', '2030-03-11T04:00:00.000Z'],
  ])('in %s on %s lasts from %s to %s', (timezone, date, from, until) => {
    const { startAt, endAt } = dayOf(override(date, [], { timezone }));
    expect([startAt.toISOString(), endAt.toISOString()]).toEqual([from, until]);
  });
});

describe('time off that cannot be worked out completely', () => {
  it('takes all of the rest: nothing is offered in doubt', () => {
    const odd = timeOff('03-04T10:00', '03-04T10:01', { rrule: 'FREQ=MINUTELY' });
    const { found: ranges } = occurrencesOf(odd, horizon);
    expect(starts(ranges)[0]).toBe('03-04T10:00');
    expect(ranges.at(-1)!.endAt).toEqual(horizon.until);
    expect(ranges.at(-1)!.endAt.getTime() - ranges.at(-1)!.startAt.getTime()).toBeGreaterThan(86_400_000);
  });
});
