import * as fc from 'fast-check';
import { lessonsOf, lessonsOfInTurns, startsOf, startsOfInTurns } from './lessons.ts';
import type { Block } from './lessons.ts';
import { parseRule } from './parse-rule.ts';
import { RuleTooExpensive, TooManyLessons } from './time.errors.ts';
import { wallTime } from './wall-time.ts';
import { localIso } from './zones.ts';

const block = (startAt: string, endAt: string, rule: string | null, more: Partial<Block> = {}): Block => ({
  startAt: new Date(startAt),
  endAt: new Date(endAt),
  rule: rule === null ? null : parseRule(rule),
  timezone: 'Europe/Kyiv',
  exdates: [],
  lessonMinutes: 60,
  ...more,
});
const window = (from: string, until: string) => ({ from: new Date(from), until: new Date(until) });
const local = (of: Block, from: string, until: string) =>
  lessonsOf(of, window(from, until)).map(({ startAt }) => localIso(startAt, of.timezone).slice(5, 16));

// Monday, 2 March 2026, 16:00 to 19:00 in Kyiv.
const MONDAY_4_TO_7 = ['2026-03-02T14:00Z', '2026-03-02T17:00Z'] as const;

describe('the lessons of a block', () => {
  it.each([
    ['opens for three hours at each start', 'FREQ=WEEKLY;BYDAY=MO,WE'],
    ['starts at each of three hours', 'FREQ=WEEKLY;BYDAY=MO,WE;BYHOUR=16,17,18'],
    ['starts hourly', 'FREQ=HOURLY;BYDAY=MO,WE;BYHOUR=16,17,18'],
  ])('are at 16, 17 and 18 for "Mon and Wed 4–7 PM", whether its rule %s', (_reading, rule) => {
    expect(local(block(...MONDAY_4_TO_7, rule), '2026-03-02', '2026-03-09')).toEqual([
      '03-02T16:00',
      '03-02T17:00',
      '03-02T18:00',
      '03-04T16:00',
      '03-04T17:00',
      '03-04T18:00',
    ]);
  });

  it('keep their local hours when the clocks change', () => {
    const hours = new Set(
      local(block(...MONDAY_4_TO_7, 'FREQ=DAILY'), '2026-03-20', '2026-11-15').map((at) => at.slice(6)),
    );
    expect([...hours]).toEqual(['16:00', '17:00', '18:00']);
  });

  it('fill an opening by elapsed time where it spans a change', () => {
    const night = block('2026-03-28T23:00Z', '2026-03-29T03:00Z', 'FREQ=DAILY');
    expect(local(night, '2026-03-28T23:00Z', '2026-03-29T12:00Z')).toEqual([
      '03-29T01:00',
      '03-29T02:00',
      '03-29T04:00',
      '03-29T05:00',
    ]);
  });

  it('leave out what is too short for a lesson', () => {
    const lessons = lessonsOf(block(...MONDAY_4_TO_7, null, { lessonMinutes: 45 }), window('2026-03-01', '2026-04-01'));
    expect(lessons).toHaveLength(4);
    expect(lessons.at(-1)).toEqual({ startAt: new Date('2026-03-02T16:15Z'), endAt: new Date('2026-03-02T17:00Z') });
    expect(
      lessonsOf(block(...MONDAY_4_TO_7, null, { lessonMinutes: 181 }), window('2026-03-01', '2026-04-01')),
    ).toEqual([]);
  });

  it('may overlap each other where their starts lie close', () => {
    const lessons = lessonsOf(
      block(...MONDAY_4_TO_7, 'FREQ=MINUTELY;INTERVAL=15;BYHOUR=16'),
      window('2026-03-02', '2026-03-03'),
    );
    expect(lessons.map(({ endAt }) => endAt.toISOString().slice(11, 16))).toEqual(['15:00', '15:15', '15:30', '15:45']);
  });

  it('have distinct starts where openings overlap', () => {
    const long = block('2026-03-02T14:00Z', '2026-03-03T16:00Z', 'FREQ=DAILY;COUNT=2');
    const starts = local(long, '2026-03-01', '2026-04-01');
    expect(starts).toEqual([...new Set(starts)].toSorted());
    expect(starts).toHaveLength(50);
  });

  it('count once against the limit of a day where openings overlap', () => {
    const long = block('2026-03-02T14:00Z', '2026-03-03T16:00Z', 'FREQ=DAILY', { lessonMinutes: 15 });
    expect(lessonsOf(long, window('2026-03-03T22:00Z', '2026-03-04T22:00Z'))).toHaveLength(96);
  });

  it('do not happen on an excluded start, whose whole opening stays shut', () => {
    const exdates = [new Date('2026-03-04T14:00Z'), new Date('2026-03-09T15:00Z')];
    const days = local(block(...MONDAY_4_TO_7, 'FREQ=WEEKLY;BYDAY=MO,WE', { exdates }), '2026-03-02', '2026-03-10');
    expect(days.map((at) => at.slice(0, 5))).toEqual(['03-02', '03-02', '03-02', '03-09', '03-09', '03-09']);
    expect(
      lessonsOf(
        block(...MONDAY_4_TO_7, null, { exdates: [new Date(MONDAY_4_TO_7[0])] }),
        window('2026-03-01', '2026-04-01'),
      ),
    ).toEqual([]);
  });

  it('start every step of an opening, as long as a whole lesson fits', () => {
    const minutes = (stepMinutes: number, lessonMinutes = 60) =>
      local(block(...MONDAY_4_TO_7, null, { stepMinutes, lessonMinutes }), '2026-03-02', '2026-03-03').map((at) =>
        at.slice(6),
      );
    expect(minutes(30)).toEqual(['16:00', '16:30', '17:00', '17:30', '18:00']);
    expect(minutes(50)).toEqual(['16:00', '16:50', '17:40']);
    expect(minutes(90)).toEqual(['16:00', '17:30']);
    expect(minutes(5, 180)).toEqual(['16:00']);
    expect(minutes(5, 181)).toEqual([]);
  });

  it('are one a start whatever the step, where the rule starts often', () => {
    const often = block(...MONDAY_4_TO_7, 'FREQ=WEEKLY;BYHOUR=16,18', { stepMinutes: 15 });
    expect(local(often, '2026-03-02', '2026-03-03')).toEqual(['03-02T16:00', '03-02T18:00']);
  });

  it('start on extra days as well, but for those that do not happen', () => {
    const rdates = ['2026-03-03T14:00Z', '2026-03-05T14:00Z', '2026-03-02T14:00Z'].map((at) => new Date(at));
    const exdates = [new Date('2026-03-05T14:00Z'), new Date('2026-03-09T14:00Z')];
    const weekly = block(...MONDAY_4_TO_7, 'FREQ=WEEKLY', { rdates, exdates, lessonMinutes: 90 });
    expect(local(weekly, '2026-03-02', '2026-03-17')).toEqual([
      '03-02T16:00',
      '03-02T17:30',
      '03-03T16:00',
      '03-03T17:30',
      '03-16T16:00',
      '03-16T17:30',
    ]);
  });

  it('are one at each extra start of a rule that starts often', () => {
    const rdates = [new Date('2026-03-03T14:10Z')];
    const often = block(...MONDAY_4_TO_7, 'FREQ=HOURLY;BYHOUR=16,17;COUNT=2', { rdates });
    expect(local(often, '2026-03-02', '2026-03-04')).toEqual(['03-02T16:00', '03-02T17:00', '03-03T16:10']);
  });

  it('open on extra starts of a block without a rule, before its own start too', () => {
    const rdates = [new Date('2026-02-02T14:00Z'), new Date('2026-04-01T14:00Z')];
    const once = block(...MONDAY_4_TO_7, null, { rdates, lessonMinutes: 180 });
    expect(local(once, '2026-01-01', '2026-04-01')).toEqual(['02-02T16:00', '03-02T16:00']);
  });

  it('keep the wall time that a series was given, where it begins in a gap', () => {
    const startWall = wallTime('2026-03-29T03:30');
    const daily = block('2026-03-29T01:30Z', '2026-03-29T02:30Z', 'FREQ=DAILY', { startWall });
    expect(local(daily, '2026-03-29', '2026-03-31')).toEqual(['03-29T04:30', '03-30T03:30']);
  });

  it('are the same when cut in turns', async () => {
    const daily = block(...MONDAY_4_TO_7, 'FREQ=DAILY;BYDAY=MO,WE', { stepMinutes: 15 });
    const weeks = window('2026-03-02', '2026-06-02');
    expect(await lessonsOfInTurns(daily, weeks)).toEqual(lessonsOf(daily, weeks));
    expect(await startsOfInTurns(daily, weeks)).toEqual(startsOf(daily, weeks));
  });

  it('start within the window, also those of an opening that began before it', () => {
    const weekly = block(...MONDAY_4_TO_7, 'FREQ=WEEKLY');
    expect(local(weekly, '2026-03-09T14:30Z', '2026-03-09T16:00Z')).toEqual(['03-09T17:00']);
    expect(local(block(...MONDAY_4_TO_7, null), '2026-03-02T15:00Z', '2026-03-02T16:00Z')).toEqual(['03-02T17:00']);
  });

  it('are the same from a whole window as from its two halves', () => {
    const rules = [
      'FREQ=DAILY',
      'FREQ=WEEKLY;BYDAY=MO,SU;INTERVAL=2',
      'FREQ=HOURLY;INTERVAL=5',
      'FREQ=MONTHLY;BYDAY=-1SU',
      null,
    ];
    const minute = fc.nat(60 * 24 * 60).map((minutes) => new Date(Date.parse('2026-03-01') + minutes * 60_000));
    fc.assert(
      fc.property(
        fc.constantFrom(...rules),
        fc.integer({ min: 60, max: 1500 }),
        fc.tuple(minute, minute, minute),
        (rule, minutes, cuts) => {
          const [from, cut, until] = cuts.toSorted((a, b) => a.getTime() - b.getTime()) as [Date, Date, Date];
          const end = new Date(Date.parse('2026-03-02T21:00Z') + minutes * 60_000).toISOString();
          const lessons = (from: Date, until: Date) =>
            lessonsOf(block('2026-03-02T21:00Z', end, rule, { lessonMinutes: 50 }), { from, until });
          expect([...lessons(from, cut), ...lessons(cut, until)]).toEqual(lessons(from, until));
        },
      ),
    );
  });
});

describe('a tutor', () => {
  const quarter = { lessonMinutes: 15 };

  it('may offer 96 lessons on a local day, and not one more', () => {
    const whole = block('2026-03-01T22:00Z', '2026-03-02T22:00Z', 'FREQ=DAILY', quarter);
    expect(lessonsOf(whole, window('2026-03-01T22:00Z', '2026-03-02T22:00Z'))).toHaveLength(96);
    const more = block('2026-03-01T22:00Z', '2026-03-02T22:00Z', 'FREQ=MINUTELY;INTERVAL=14', quarter);
    expect(() => lessonsOf(more, window('2026-03-01T22:00Z', '2026-03-02T22:00Z'))).toThrow(
      expect.objectContaining({
        kind: 'invalid',
        code: 'too_many_lessons',
        facts: expect.objectContaining({ limit: 96, per: 'day' }),
      }),
    );
  });

  it('may offer 2,000 lessons in a horizon, and not one more', () => {
    const ten = 'FREQ=HOURLY;BYHOUR=0,1,2,3,4,5,6,7,8,9';
    const busy = block('2026-03-01T00:00Z', '2026-03-02T00:00Z', ten, { timezone: 'UTC' });
    expect(lessonsOf(busy, window('2026-03-01T00:00Z', '2026-09-16T23:00Z'))).toHaveLength(2_000);
    expect(() => lessonsOf(busy, window('2026-03-01T00:00Z', '2026-09-17T00:00:01Z'))).toThrow(
      expect.objectContaining({ facts: expect.objectContaining({ limit: 2_000, per: 'horizon' }) }),
    );
  });

  it.each([
    [
      'one block of fifty years, cut into minutes',
      block('2026-03-02T00:00Z', '2076-03-02T00:00Z', null, { lessonMinutes: 1 }),
      TooManyLessons,
    ],
    [
      'fifty years at each of many starts',
      block('2026-03-02T00:00Z', '2076-03-02T00:00Z', 'FREQ=DAILY', { lessonMinutes: 1 }),
      TooManyLessons,
    ],
    [
      'every minute for eight weeks',
      block('2026-03-02T00:00Z', '2026-03-02T01:00Z', 'FREQ=MINUTELY'),
      RuleTooExpensive,
    ],
  ])('is answered at once when offering %s', (_what, offered, answer) => {
    expect(() => lessonsOf(offered, window('2026-03-02', '2026-04-27'))).toThrow(answer);
  });

  it('cannot offer lessons that take no time', () => {
    expect(() =>
      lessonsOf(block(...MONDAY_4_TO_7, null, { lessonMinutes: 0 }), window('2026-03-01', '2026-04-01')),
    ).toThrow(RangeError);
  });
});
