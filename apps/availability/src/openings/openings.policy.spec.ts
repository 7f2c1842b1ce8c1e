import type { Lesson } from '@scheduling/time';
import { block, busy, override, range, settings, teaching, timeOff } from '../../test/teachings.ts';
import type { AvailabilityBlock } from '../blocks/blocks.store.ts';
import { awayOf, candidatesOf, desiredOf, horizonOf } from './openings.policy.ts';
import type { Teaching } from './teaching.ts';

const NOW = new Date('2030-03-01T09:00:00Z');
const horizon = horizonOf(settings, NOW);
const starts = (lessons: readonly Lesson[]) => lessons.map(({ startAt }) => startAt.toISOString().slice(5, 16));
/** Blocks of many hours in a row. */
const long = (from: string, hours: number, more: Partial<AvailabilityBlock> = {}) => {
  const { startAt } = range(from, from);
  return { ...block(from, from, more), endAt: new Date(startAt.getTime() + hours * 3_600_000) };
};

describe('what rules, single blocks and overrides give', () => {
  it.each<[string, Partial<Teaching>, string[]]>([
    ['nothing where there are none', {}, []],
    [
      'the lessons of all blocks by time, twice where two start together',
      { blocks: [block('03-05T10:00', '03-05T12:00'), block('03-04T10:00', '03-04T11:00'), long('03-05T11:00', 1)] },
      ['03-04T10:00', '03-05T10:00', '03-05T11:00', '03-05T11:00'],
    ],
    [
      'extra hours besides what starts on the date',
      { blocks: [long('03-04T10:00', 2)], overrides: [override('03-04', [['15:00', '17:00']])] },
      ['03-04T10:00', '03-04T11:00', '03-04T15:00', '03-04T16:00'],
    ],
    [
      'other hours in the place of what starts on the date, by rule or once',
      {
        blocks: [long('03-04T10:00', 1, { rrule: 'FREQ=DAILY;COUNT=3' }), long('03-05T12:00', 1)],
        overrides: [override('03-05', [['15:00', '16:00']], { mode: 'instead' })],
      },
      ['03-04T10:00', '03-05T15:00', '03-06T10:00'],
    ],
    [
      'nothing that starts on a day off, and what began the day before up to then',
      { blocks: [long('03-04T22:00', 4)], overrides: [override('03-05', [], { mode: 'instead' })] },
      ['03-04T22:00', '03-04T23:00'],
    ],
    [
      'what starts on the date by the override’s own clock',
      {
        blocks: [long('03-04T21:00', 3), long('03-05T21:00', 3)],
        overrides: [override('03-05', [['08:00', '09:00']], { mode: 'instead', timezone: 'Europe/Kyiv' })],
      },
      ['03-04T21:00', '03-05T06:00', '03-05T22:00', '03-05T23:00'],
    ],
    [
      'the hours of a short day and of a long one as its clocks show them',
      {
        overrides: [
          override('03-31', [['02:00', '05:00']], { timezone: 'Europe/Kyiv' }),
          override('04-07', [['01:00', '03:00']], { timezone: 'Australia/Lord_Howe' }),
        ],
      },
      ['03-31T00:00', '03-31T01:00', '04-06T14:00', '04-06T15:00'],
    ],
    [
      'no hour that the clocks skip',
      { overrides: [override('03-31', [['03:00', '04:00']], { timezone: 'Europe/Kyiv' })] },
      [],
    ],
    ['hours up to midnight', { overrides: [override('03-04', [['22:00', '24:00']])] }, ['03-04T22:00', '03-04T23:00']],
  ])('is %s', (_, given, expected) => {
    expect(starts(candidatesOf(teaching(given), horizon))).toEqual(expected);
  });

  it('has the terms of its source, or the settings’', () => {
    const own = { lessonMinutes: 30, priceCents: 900, capacity: 5 };
    const rule = block('03-04T10:00', '03-04T11:00', { rrule: 'FREQ=DAILY;COUNT=1' });
    const once = block('03-05T10:00', '03-05T11:00', own);
    const extra = override('03-06', [['10:00', '11:00']], { priceCents: 0 });
    const given = candidatesOf(teaching({ blocks: [rule, once], overrides: [extra] }), horizon);
    const theirs = { priceCents: 2500, capacity: 1 };
    expect(given).toEqual([
      { ...range('03-04T10:00', '03-04T11:00'), ...theirs, source: 'rule', sourceId: rule.id },
      { ...range('03-05T10:00', '03-05T10:30'), priceCents: 900, capacity: 5, source: 'once', sourceId: once.id },
      { ...range('03-05T10:30', '03-05T11:00'), priceCents: 900, capacity: 5, source: 'once', sourceId: once.id },
      { ...range('03-06T10:00', '03-06T11:00'), priceCents: 0, capacity: 1, source: 'override', sourceId: extra.id },
    ]);
  });

  it('starts at each step within an opening, as long as a lesson fits', () => {
    const halves = { ...settings, startStepMinutes: 30 };
    const given = {
      settings: halves,
      blocks: [long('03-04T10:00', 2)],
      overrides: [override('03-05', [['10:00', '11:15']])],
    };
    expect(starts(candidatesOf(teaching(given), horizon))).toEqual([
      '03-04T10:00',
      '03-04T10:30',
      '03-04T11:00',
      '03-05T10:00',
    ]);
  });
});

describe('what keeps a tutor away', () => {
  const lunch = timeOff('02-04T12:00', '02-04T13:00', {
    rrule: 'FREQ=WEEKLY',
    exdates: [new Date('2030-03-11T12:00Z')],
  });
  const trip = timeOff('02-28T00:00', '03-02T00:00');
  const dentist = busy('03-04T08:00', '03-04T09:00');
  const kindsAndStarts = (given: Partial<Teaching>) =>
    awayOf(teaching(given), horizon).map(({ kind, startAt }) => `${kind} ${startAt.toISOString().slice(5, 16)}`);

  it('is time off as often as it comes, and busy time, the soonest first', () => {
    const all = kindsAndStarts({ timeOff: [lunch, trip], busy: [dentist, busy('02-01T08:00', '02-01T09:00')] });
    expect(all.slice(0, 5)).toEqual([
      'time_off 02-28T00:00',
      'busy 03-04T08:00',
      'time_off 03-04T12:00',
      'time_off 03-18T12:00',
      'time_off 03-25T12:00',
    ]);
  });

  it('has begun before now, too, where it comes again', () => {
    const weekend = timeOff('02-01T18:00', '02-04T06:00', { rrule: 'FREQ=WEEKLY' });
    expect(kindsAndStarts({ timeOff: [weekend] })[0]).toBe('time_off 03-01T18:00');
    const week = timeOff('02-22T18:00', '03-01T18:00', { rrule: 'FREQ=WEEKLY;COUNT=1' });
    expect(kindsAndStarts({ timeOff: [week] })).toEqual(['time_off 02-22T18:00']);
  });
});

describe('all that a tutor would teach', () => {
  const older = block('03-04T10:00', '03-04T12:00');

  it.each<[string, Partial<Teaching>, string[]]>([
    ['one lesson a start', { blocks: [older, long('03-04T11:00', 2)] }, ['03-04T10:00', '03-04T11:00', '03-04T12:00']],
    [
      'lessons that overlap, which are booking’s to tell apart',
      { blocks: [older, long('03-04T10:30', 1)] },
      ['03-04T10:00', '03-04T10:30', '03-04T11:00'],
    ],
    [
      'no lesson that time off touches',
      { blocks: [older], timeOff: [timeOff('03-04T10:59', '03-04T11:00')] },
      ['03-04T11:00'],
    ],
    [
      'no lesson that busy time touches',
      { blocks: [older], busy: [busy('03-04T11:00', '03-04T11:01')] },
      ['03-04T10:00'],
    ],
    [
      'what only borders on time off',
      { blocks: [older], timeOff: [timeOff('03-04T09:00', '03-04T10:00'), timeOff('03-04T12:00', '03-04T13:00')] },
      ['03-04T10:00', '03-04T11:00'],
    ],
    [
      'no extra hours in time off: they are not there to take it back',
      { overrides: [override('03-04', [['10:00', '12:00']])], timeOff: [timeOff('03-04T11:00', '03-04T13:00')] },
      ['03-04T10:00'],
    ],
    [
      'nothing in the last lesson’s part after the horizon, if that is away',
      { blocks: [long('04-26T08:30', 1)], timeOff: [timeOff('04-26T09:15', '04-26T10:00')] },
      [],
    ],
  ])('is %s', (_, given, expected) => {
    expect(starts(desiredOf(teaching(given), horizon))).toEqual(expected);
  });

  it('has the override’s lesson where two start together, then the older block’s', () => {
    const newer = { ...older, id: block('03-04T10:00', '03-04T11:00').id, priceCents: 1 };
    const extra = override('03-04', [['10:00', '11:00']], { priceCents: 2 });
    const prices = (given: Partial<Teaching>) =>
      desiredOf(teaching(given), horizon).map(({ priceCents }) => priceCents);
    expect(prices({ blocks: [older, newer] })).toEqual([2500, 2500]);
    expect(prices({ blocks: [older, newer], overrides: [extra] })).toEqual([2, 2500]);
  });

  it('is the longer lesson’s twin where time off leaves only that', () => {
    const short = { ...older, id: block('03-04T10:00', '03-04T11:00').id, lessonMinutes: 15 };
    const given = {
      blocks: [block('03-04T10:00', '03-04T11:00'), short],
      timeOff: [timeOff('03-04T10:15', '03-04T12:00')],
    };
    expect(desiredOf(teaching(given), horizon)).toMatchObject([range('03-04T10:00', '03-04T10:15')]);
  });

  it('is 2,000 lessons at most, the soonest, counted after time off', () => {
    const quarters = { ...settings, lessonMinutes: 15 };
    const days = (from: string) => ({ ...long(from, 24 * 14) });
    const given = {
      settings: quarters,
      blocks: [days('03-04T00:00'), days('03-18T00:00')],
      timeOff: [timeOff('03-04T00:00', '03-04T02:30')],
    };
    const desired = desiredOf(teaching(given), horizonOf(quarters, NOW));
    expect(desired).toHaveLength(2000);
    expect(starts(desired)[0]).toBe('03-04T02:30');
    expect(starts(desired).at(-1)).toBe('03-24T22:15');
  });

  it('is 96 lessons a day at most, however many blocks there are', () => {
    const crowded = [0, 1, 2, 3, 4].map((minute) => long(`03-04T00:0${minute}`, 48));
    const desired = desiredOf(teaching({ blocks: crowded }), horizon);
    const perDay = Map.groupBy(desired, ({ startAt }) => startAt.toISOString().slice(0, 10));
    expect([...perDay].map(([day, lessons]) => [day, lessons.length])).toEqual([
      ['2030-03-04', 96],
      ['2030-03-05', 96],
    ]);
  });
});
