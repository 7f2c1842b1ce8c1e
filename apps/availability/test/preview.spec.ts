import { instant, RULE, type Scenario, scenario, type Tutor } from './scenario.ts';

interface Preview {
  readonly timezone: string;
  readonly starts: string[];
  readonly slots: { start_at: string; end_at: string }[];
  readonly count: number;
  readonly weeks: { week_start: string; count: number }[];
  readonly dst: { at: string; from_offset: string; to_offset: string; kind: string; starts: string[] }[];
  readonly problem: { code: string } | null;
}

const NEW_YORK = 'America/New_York';
/** The two weeks around New York's change to summer time at 2 o'clock on 8 March 2026. */
const spring = { timezone: NEW_YORK, window_start: '2026-03-01T00:00:00Z', window_end: '2026-03-15T00:00:00Z' };
/** And around the change back, at 2 o'clock on 1 November 2026. */
const autumn = { timezone: NEW_YORK, window_start: '2026-10-25T00:00:00Z', window_end: '2026-11-08T00:00:00Z' };

describe('the preview of a rule', () => {
  let s: Scenario;
  let tutor: Tutor;
  beforeAll(async () => {
    s = await scenario();
  });
  beforeEach(async () => {
    tutor = await s.tutor();
  });
  afterAll(() => s.end());

  const preview = async (asked: object, who = tutor): Promise<Preview> => {
    const { status, text, body } = await who.preview(asked);
    expect([status, body.code]).toEqual([200, undefined]);
    return JSON.parse(text) as Preview;
  };

  it('is what the same rule gives when it is kept, and keeps nothing', async () => {
    const { start_at, end_at, rrule_string, timezone } = RULE;
    const before = await s.everything();
    const given = await preview({ start_at, end_at, rrule_string, timezone });
    expect(await s.everything()).toEqual(before);
    const { slots } = (await tutor.offer()).body;
    expect(given).toMatchObject({ ...slots, timezone: 'Europe/Kyiv', problem: null });
    expect(given.starts).toEqual(await s.starts(tutor.id));
    expect(given.slots).toEqual(given.starts.map((at) => ({ start_at: at, end_at: hourAfter(at) })));
    expect(given.weeks).toHaveLength(8);
    expect(given.weeks[0]).toEqual({ week_start: '2030-03-04', count: 6 });
    expect(given.dst).toEqual([
      { at: '2030-03-31T01:00:00.000Z', from_offset: '+02:00', to_offset: '+03:00', kind: 'gap', starts: [] },
    ]);
  });

  it('cuts openings into lessons of the length and step asked for, else the tutor’s own, else an hour', async () => {
    const once = { dtstart_local: '2030-03-04T10:00', timezone: 'UTC', duration_minutes: 120 };
    const hours = ({ slots }: Preview) =>
      slots.map(({ start_at, end_at }) => `${start_at.slice(11, 16)}-${end_at.slice(11, 16)}`);
    expect(hours(await preview({ ...once, lesson_minutes: 90, start_step_minutes: 30 }))).toEqual([
      '10:00-11:30',
      '10:30-12:00',
    ]);
    await tutor.change({ timezone: 'UTC', lesson_minutes: 45 });
    expect(hours(await preview(once))).toEqual(['10:00-10:45', '10:45-11:30']);
    const admin = await s.tutor({ roles: ['admin'] });
    expect(hours(await preview(once, admin))).toEqual(['10:00-11:00', '11:00-12:00']);
    expect((await preview(once, admin)).starts).toEqual([instant(4, 10)]);
  });

  it('moves a start in a gap on by the offset before it, and names it', async () => {
    const asked = { ...spring, dtstart_local: '2026-03-07T02:30', rrule_string: 'FREQ=DAILY;COUNT=3' };
    const { starts, dst } = await preview(asked);
    expect(starts).toEqual(['2026-03-07T07:30:00.000Z', '2026-03-08T07:30:00.000Z', '2026-03-09T06:30:00.000Z']);
    const change = { at: '2026-03-08T07:00:00.000Z', from_offset: '-05:00', to_offset: '-04:00', kind: 'gap' };
    expect(dst).toEqual([{ ...change, starts: ['2026-03-08T07:30:00.000Z'] }]);
  });

  it('takes a start in an overlap the first time, and names it', async () => {
    const asked = { ...autumn, dtstart_local: '2026-10-31T01:30', rrule_string: 'FREQ=DAILY;COUNT=3' };
    const { starts, dst } = await preview(asked);
    expect(starts).toEqual(['2026-10-31T05:30:00.000Z', '2026-11-01T05:30:00.000Z', '2026-11-02T06:30:00.000Z']);
    const change = { at: '2026-11-01T06:00:00.000Z', from_offset: '-04:00', to_offset: '-05:00', kind: 'overlap' };
    expect(dst).toEqual([{ ...change, starts: ['2026-11-01T05:30:00.000Z'] }]);
  });

  it.each<[string, object, string[]]>([
    [
      'a later start that the gap does not touch',
      { dtstart_local: '2026-03-07T03:30', rrule_string: 'FREQ=DAILY' },
      [],
    ],
    [
      'one of two that fall together',
      { dtstart_local: '2026-03-07T02:00', rrule_string: 'FREQ=DAILY;BYHOUR=2,3' },
      ['07:00'],
    ],
    ['the first itself', { dtstart_local: '2026-03-08T02:15', rrule_string: 'FREQ=DAILY' }, ['07:15']],
    ['what happens once', { dtstart_local: '2026-03-08T02:15' }, ['07:15']],
    [
      'none that the rule no longer has',
      { dtstart_local: '2026-03-01T02:15', rrule_string: 'FREQ=DAILY;UNTIL=20260308T070000Z' },
      [],
    ],
    [
      'none that is left out',
      { dtstart_local: '2026-03-01T02:15', rrule_string: 'FREQ=DAILY', exdates: ['2026-03-08T07:15:00Z'] },
      [],
    ],
    ['none after the last of a count', { dtstart_local: '2026-03-01T02:15', rrule_string: 'FREQ=DAILY;COUNT=7' }, []],
    ['the last of a count', { dtstart_local: '2026-03-01T02:15', rrule_string: 'FREQ=DAILY;COUNT=8' }, ['07:15']],
    [
      'none that was an instant from the beginning',
      { start_at: '2026-03-08T07:15:00Z', rdates: ['2026-03-08T07:30:00Z'] },
      [],
    ],
  ])('names of the starts near a gap %s', async (_, asked, moved) => {
    const { dst } = await preview({ ...spring, ...asked });
    expect(dst.map(({ starts }) => starts)).toEqual([moved.map((time) => `2026-03-08T${time}:00.000Z`)]);
  });

  it('names the last start of a rule that ends with it in a gap', async () => {
    const rrule_string = 'FREQ=DAILY;UNTIL=20260329T013000Z';
    const asked = { ...spring, timezone: 'Europe/Kyiv', dtstart_local: '2026-03-28T03:30', rrule_string };
    const { starts, dst } = await preview({ ...asked, window_end: '2026-04-01T00:00:00Z' });
    expect(starts).toEqual(['2026-03-28T01:30:00.000Z', '2026-03-29T01:30:00.000Z']);
    expect(dst).toMatchObject([{ starts: [starts[1]] }]);
  });

  it.each<[zone: string, window: [string, string], local: string, starts: string[]]>([
    [
      'Australia/Lord_Howe',
      ['2026-10-02', '2026-10-05'],
      '2026-10-03T02:15',
      ['2026-10-02T15:45', '2026-10-03T15:45', '2026-10-04T15:15'],
    ],
    [
      'Antarctica/Troll',
      ['2026-10-24', '2026-10-27'],
      '2026-10-24T02:30',
      ['2026-10-24T00:30', '2026-10-25T00:30', '2026-10-26T02:30'],
    ],
    [
      'America/St_Johns',
      ['2026-03-07', '2026-03-10'],
      '2026-03-07T02:30',
      ['2026-03-07T06:00', '2026-03-08T06:00', '2026-03-09T05:00'],
    ],
    [
      'Africa/Casablanca',
      ['2026-02-14', '2026-02-17'],
      '2026-02-14T02:30',
      ['2026-02-14T01:30', '2026-02-15T01:30', '2026-02-16T02:30'],
    ],
    [
      'Europe/Kyiv',
      ['2026-10-24', '2026-10-27'],
      '2026-10-24T03:30',
      ['2026-10-24T00:30', '2026-10-25T00:30', '2026-10-26T01:30'],
    ],
  ])('follows the clock of %s over its change', async (timezone, [from, until], dtstart_local, expected) => {
    const [window_start, window_end] = [`${from}T00:00:00Z`, `${until}T00:00:00Z`];
    const asked = { timezone, dtstart_local, rrule_string: 'FREQ=DAILY', window_start, window_end };
    const { starts, dst } = await preview(asked);
    expect(starts.map((at) => at.slice(0, 16))).toEqual(expected);
    expect(dst).toMatchObject([{ starts: [starts[1]] }]);
  });

  it.each<[string, string, [string, string], number, string | undefined]>([
    [
      'every minute of a week',
      'FREQ=MINUTELY',
      ['2026-01-05T00:00:00Z', '2026-01-12T00:00:00Z'],
      10_080,
      'rule_too_expensive',
    ],
    [
      'as many as there may be',
      'FREQ=MINUTELY;COUNT=20000',
      ['2026-01-01T00:00:00Z', '2026-03-01T00:00:00Z'],
      20_000,
      'rule_too_expensive',
    ],
    ['130 years of birthdays', 'FREQ=YEARLY', ['1970-01-01T00:00:00Z', '2099-12-31T23:59:59Z'], 130, undefined],
    [
      'the leap days of a century',
      'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29',
      ['1990-01-01T00:00:00Z', '2090-01-01T00:00:00Z'],
      25,
      undefined,
    ],
    [
      'the one start of a millisecond',
      'FREQ=DAILY',
      ['1970-01-01T00:00:00Z', '1970-01-01T00:00:00.001Z'],
      1,
      undefined,
    ],
    [
      'the hours of a year',
      'RRULE:FREQ=HOURLY',
      ['2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z'],
      8760,
      'too_many_lessons',
    ],
  ])('answers %s', async (_, rrule_string, [window_start, window_end], count, problem) => {
    const asked = { timezone: 'UTC', dtstart_local: '1970-01-01T00:00', rrule_string, window_start, window_end };
    const start = rrule_string.includes('COUNT') ? { dtstart_local: '2026-01-01T00:00' } : {};
    const given = await preview({ ...asked, ...start });
    expect(given.starts).toHaveLength(count);
    expect(given.problem?.code).toBe(problem);
    expect(given.slots).toHaveLength(problem === undefined ? count : 0);
  });

  it('says what could not be kept for its length', async () => {
    const asked = { ...spring, dtstart_local: '2026-03-02T09:00', rrule_string: 'FREQ=WEEKLY' };
    const long = await preview({ ...asked, duration_minutes: 1441 });
    expect(long).toMatchObject({ count: 0, problem: { code: 'range_too_long', field: 'end_at', max_days: 1 } });
    expect(long.starts).toHaveLength(2);
    expect(await preview({ ...asked, duration_minutes: 1440 })).toMatchObject({ count: 48, problem: null });
  });

  it('adds further starts and leaves others out', async () => {
    const rdates = ['2026-03-03T12:00:00.5Z', '2026-04-01T00:00:00Z'];
    const exdates = ['2026-03-02T14:00:00.25Z'];
    const asked = { ...spring, dtstart_local: '2026-03-02T09:00', rrule_string: 'FREQ=WEEKLY', rdates, exdates };
    expect((await preview(asked)).starts).toEqual(['2026-03-03T12:00:00.000Z', '2026-03-09T13:00:00.000Z']);
  });

  it('is for tutors and admins', async () => {
    const student = await s.tutor({ roles: ['student'] });
    expect(await student.preview({ start_at: instant(4, 10) })).toMatchObject({
      status: 403,
      body: { code: 'role_missing' },
    });
  });

  it('looks ahead from now as far as the tutor’s horizon, on the clock of their token', async () => {
    const kyiv = await s.tutor({ zone: 'Europe/Kyiv' });
    const { timezone, starts } = await preview({ dtstart_local: '2030-02-01T16:00', rrule_string: 'FREQ=DAILY' }, kyiv);
    expect([timezone, starts.length]).toEqual(['Europe/Kyiv', 56]);
    expect([starts[0], starts.at(-1)]).toEqual([instant(1, 14), '2030-04-25T13:00:00.000Z']);
  });
});

const hourAfter = (at: string): string => new Date(Date.parse(at) + 3_600_000).toISOString();
