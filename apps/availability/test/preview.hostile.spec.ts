import { onDay, type Scenario, scenario, type Tutor } from './scenario.ts';

const every = (count: number, from = 0) => Array.from({ length: count }, (_, n) => n + from).join(',');
const seconds = `BYHOUR=${every(24)};BYMINUTE=${every(60)};BYSECOND=${every(60)}`;

/** From the first year to the last. */
const ALWAYS = { window_start: '1970-01-01T00:00:00Z', window_end: '2099-12-31T23:59:59Z' };
const YEAR = { window_start: '2030-01-01T00:00:00Z', window_end: '2031-01-01T00:00:00Z' };
const NOON = { dtstart_local: '2030-03-04T12:00', timezone: 'Europe/Kyiv' };

/** A rule within all years that there are, from an odd hour of the first unless more is said. */
const rule = (rrule_string: string, more: object = {}): object => ({
  dtstart_local: '1970-01-01T01:01',
  timezone: 'Africa/Casablanca',
  rrule_string,
  ...ALWAYS,
  ...more,
});

/** What is asked, and how it is answered: a refusal's code with the field to blame, or so many starts. */
const HOSTILE: [what: string, asked: unknown, status: number, answer: string | number][] = [
  // Rules that cost.
  ['every second', rule('FREQ=SECONDLY'), 422, 'rule_not_understood rrule_string'],
  ['every second in disguise', rule(`FREQ=DAILY;${seconds}`), 422, 'rule_too_expensive rrule_string'],
  ['every second of one day', rule(`FREQ=DAILY;COUNT=1;${seconds}`), 200, 1],
  ['every minute', rule('FREQ=MINUTELY'), 422, 'rule_too_expensive rrule_string'],
  ['every minute, last of all', rule('FREQ=MINUTELY;COUNT=99999'), 422, 'rule_too_expensive rrule_string'],
  [
    'each minute in lists',
    rule(`FREQ=DAILY;BYHOUR=${every(24)};BYMINUTE=${every(60)}`),
    422,
    'rule_too_expensive rrule_string',
  ],
  ['every hour', rule('FREQ=HOURLY'), 422, 'rule_too_expensive rrule_string'],
  ['every day', rule('FREQ=DAILY'), 200, 47_482],
  ['an hour that never comes', rule('FREQ=HOURLY;INTERVAL=2;BYHOUR=10'), 200, 0],
  ['an hour that never comes, a day apart', rule('FREQ=HOURLY;INTERVAL=24;BYHOUR=10'), 200, 0],
  ['a minute that never comes', rule('FREQ=MINUTELY;INTERVAL=2;BYMINUTE=2'), 200, 0],
  ['a minute that never comes, often', rule('FREQ=MINUTELY;INTERVAL=60;BYMINUTE=2;COUNT=99999'), 200, 0],
  ['the last minute of a leap day', rule('FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=29;BYHOUR=23;BYMINUTE=59'), 200, 32],
  ['Friday the 29th of February', rule('FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29;BYDAY=FR'), 200, 5],
  [
    'Friday the 29th of February, a thousand times',
    rule('FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29;BYDAY=FR;COUNT=1000'),
    200,
    5,
  ],
  ['30 February', rule('FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30'), 422, 'rule_not_understood rrule_string'],
  ['31 February from its end', rule('FREQ=DAILY;BYMONTH=2;BYMONTHDAY=-31'), 422, 'rule_not_understood rrule_string'],
  [
    'the 31st of short months',
    rule('FREQ=MONTHLY;BYMONTH=4,6,9,11;BYMONTHDAY=31'),
    422,
    'rule_not_understood rrule_string',
  ],
  ['the 366th day of every 99,999th year', rule('FREQ=YEARLY;INTERVAL=99999;BYYEARDAY=366'), 200, 0],
  ['a huge interval', rule('FREQ=MINUTELY;INTERVAL=99999'), 200, 684],
  ['the fifth Monday from both ends', rule('FREQ=MONTHLY;BYDAY=5MO,-5MO'), 200, 1086],
  ['week 53', rule('FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO'), 200, 24],
  ['positions beyond each set', rule('FREQ=MONTHLY;BYDAY=MO;BYSETPOS=366,-366'), 200, 0],
  ['a position in 86,400 a day', rule(`FREQ=DAILY;${seconds};BYSETPOS=-1`), 200, 47_481],
  [
    'a position in 1,440 a day',
    rule(`FREQ=DAILY;BYHOUR=${every(24)};BYMINUTE=${every(60)};BYSETPOS=-1`, YEAR),
    200,
    365,
  ],
  [
    'a position in a year of minutes',
    rule(`FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYHOUR=${every(24)};BYMINUTE=${every(60)};BYSETPOS=-1`),
    200,
    130,
  ],
  ['all days of the year by their numbers', rule(`FREQ=YEARLY;BYYEARDAY=${every(120, 1)}`), 200, 15_600],
  [
    'every hour of a year with a gap and an overlap',
    rule('FREQ=HOURLY', { dtstart_local: '2030-01-01T00:30', timezone: 'America/New_York', ...YEAR }),
    200,
    8754,
  ],
  // Rules that are none.
  ['no rule', rule(''), 422, 'rule_not_understood rrule_string'],
  ['only its name', rule('RRULE:'), 422, 'rule_not_understood rrule_string'],
  ['two rules', rule('FREQ=DAILY RRULE:FREQ=DAILY'), 422, 'rule_not_understood rrule_string'],
  ['two lines', rule('FREQ=DAILY\nRDATE:20300304T140000Z'), 422, 'rule_not_understood rrule_string'],
  ['a line that takes all away', rule('FREQ=DAILY\r\nEXRULE:FREQ=DAILY'), 422, 'rule_not_understood rrule_string'],
  ['a NUL', rule('FREQ=DAILY\0'), 422, 'rule_not_understood rrule_string'],
  ['half an emoji', rule('FREQ=DAILY\ud83d'), 422, 'rule_not_understood rrule_string'],
  ['an inner start', rule('FREQ=DAILY;DTSTART=19700101T000000Z'), 422, 'rule_not_understood rrule_string'],
  ['a zone in the rule', rule('FREQ=DAILY;TZID=Europe/Kyiv'), 422, 'rule_not_understood rrule_string'],
  ['Easter', rule('FREQ=YEARLY;BYEASTER=0'), 422, 'rule_not_understood rrule_string'],
  ['the prototype', rule('__proto__=1;FREQ=DAILY'), 422, 'rule_not_understood rrule_string'],
  ['a constructor', rule('FREQ=constructor'), 422, 'rule_not_understood rrule_string'],
  ['full-width digits', rule('FREQ=DAILY;INTERVAL=２'), 422, 'rule_not_understood rrule_string'],
  ['no interval', rule('FREQ=DAILY;INTERVAL=0'), 422, 'rule_not_understood rrule_string'],
  ['an interval backwards', rule('FREQ=DAILY;INTERVAL=-1'), 422, 'rule_not_understood rrule_string'],
  ['a broken interval', rule('FREQ=WEEKLY;INTERVAL=1.5'), 422, 'rule_not_understood rrule_string'],
  ['an endless interval', rule('FREQ=DAILY;INTERVAL=99999999999999999999999'), 422, 'rule_not_understood rrule_string'],
  ['a count in thousands', rule('FREQ=DAILY;COUNT=1e3'), 422, 'rule_not_understood rrule_string'],
  ['two ends', rule('FREQ=DAILY;COUNT=3;UNTIL=20300401T000000Z'), 422, 'rule_not_understood rrule_string'],
  ['an end that is none', rule('FREQ=DAILY;UNTIL=20300230T000000Z'), 422, 'rule_not_understood rrule_string'],
  ['the eighth Monday', rule('FREQ=MONTHLY;BYDAY=8MO'), 422, 'rule_not_understood rrule_string'],
  ['50 kB of hours', rule(`FREQ=DAILY;BYHOUR=${'9,'.repeat(25_000)}9`), 422, 'rule_not_understood rrule_string'],
  ['50 kB of semicolons', rule(';'.repeat(50_000)), 422, 'rule_not_understood rrule_string'],
  ['a thousand semicolons', rule(`FREQ=DAILY${';'.repeat(990)}`), 422, 'rule_not_understood rrule_string'],
  ['more than a body may be', rule('X'.repeat(110_000)), 413, 'body_too_large '],
  ['a list for a rule', { ...NOON, rrule_string: ['FREQ=DAILY'] }, 400, 'malformed_request rrule_string'],
  ['an object for a rule', { ...NOON, rrule_string: { FREQ: 'DAILY' } }, 400, 'malformed_request rrule_string'],
  ['null for a rule', { ...NOON, rrule_string: null }, 400, 'malformed_request rrule_string'],
  // Zones, starts, lengths and windows.
  ['no zone', { ...NOON, timezone: '' }, 400, 'malformed_request timezone'],
  ['a zone that is a constructor', { ...NOON, timezone: 'constructor' }, 422, 'unknown_timezone timezone'],
  ['an offset for a zone', { ...NOON, timezone: '+05:30' }, 422, 'unknown_timezone timezone'],
  ['a zone in other letters', { ...NOON, timezone: 'europe/kyiv' }, 422, 'unknown_timezone timezone'],
  ['a zone that is a path', { ...NOON, timezone: '../../etc/localtime' }, 422, 'unknown_timezone timezone'],
  ['no start', { rrule_string: 'FREQ=DAILY' }, 400, 'malformed_request dtstart_local'],
  ['two starts', { ...NOON, start_at: '2030-03-04T10:00:00Z' }, 400, 'malformed_request dtstart_local'],
  [
    '30 February for a start',
    { ...NOON, dtstart_local: '2030-02-30T12:00' },
    422,
    'local_time_not_understood dtstart_local',
  ],
  [
    'an hour that no day has',
    { ...NOON, dtstart_local: '2030-03-04T25:00' },
    422,
    'local_time_not_understood dtstart_local',
  ],
  [
    'an offset in a wall time',
    { ...NOON, dtstart_local: '2030-03-04T12:00Z' },
    422,
    'local_time_not_understood dtstart_local',
  ],
  ['the year 0', { ...NOON, dtstart_local: '0000-01-01T00:00' }, 422, 'time_not_supported '],
  ['the year 9999', { ...NOON, dtstart_local: '9999-12-31T23:59' }, 422, 'time_not_supported '],
  ['a start before all years', { start_at: '1969-12-31T23:59:59Z' }, 400, 'malformed_request start_at'],
  [
    'an end before the start',
    { start_at: '2030-03-04T10:00:00Z', end_at: '2030-03-04T09:00:00Z' },
    422,
    'range_backwards end_at',
  ],
  [
    'two lengths',
    { ...NOON, duration_minutes: 60, end_at: '2030-03-04T13:00:00Z' },
    400,
    'malformed_request duration_minutes',
  ],
  ['no length', { ...NOON, duration_minutes: 0 }, 400, 'malformed_request duration_minutes'],
  ['an endless length', { ...NOON, duration_minutes: 1e300 }, 400, 'malformed_request duration_minutes'],
  ['a broken length', { ...NOON, duration_minutes: 1.5 }, 400, 'malformed_request duration_minutes'],
  [
    'a year of quarters, every five minutes',
    { ...NOON, duration_minutes: 527_040, lesson_minutes: 15, start_step_minutes: 5, ...YEAR },
    200,
    1,
  ],
  ['lessons of a second', { ...NOON, lesson_minutes: 1 / 60 }, 400, 'malformed_request lesson_minutes'],
  ['no step', { ...NOON, start_step_minutes: 0 }, 400, 'malformed_request start_step_minutes'],
  [
    'a window backwards',
    { ...NOON, window_start: YEAR.window_end, window_end: YEAR.window_start },
    422,
    'range_backwards window_end',
  ],
  ['a window as far as the years go', { ...NOON, window_end: '2100-01-01T00:00:00Z' }, 200, 1],
  ['a window beyond all years', { ...NOON, window_end: '2100-01-01T00:00:01Z' }, 400, 'malformed_request window_end'],
  [
    'a window that an offset takes beyond',
    { ...NOON, rrule_string: 'FREQ=YEARLY', window_end: '2099-12-31T23:00:00-08:00' },
    422,
    'time_not_supported ',
  ],
  [
    'ten thousand exceptions',
    { ...NOON, exdates: Array(3000).fill('2030-03-04T10:00:00Z') },
    400,
    'malformed_request exdates',
  ],
  [
    'further starts that are none',
    { ...NOON, rdates: ['2030-03-04T10:00:00Z', 'soon'] },
    400,
    'malformed_request rdates',
  ],
  ['a field that nobody knows', { ...NOON, tutor_id: '1' }, 400, 'malformed_request tutor_id'],
  ['nothing', {}, 400, 'malformed_request dtstart_local'],
  ['a list', '[]', 400, 'malformed_request '],
  ['no JSON', '{"dtstart_local":', 400, 'malformed_request '],
];

describe('a preview of what nobody means', () => {
  let s: Scenario;
  let tutor: Tutor;
  let other: Tutor;
  beforeAll(async () => {
    s = await scenario();
    [tutor, other] = [await s.tutor(), await s.tutor()];
  });
  afterAll(() => s.end());

  it.each(HOSTILE)('is refused or bounded, while others are served: %s', async (_, asked, status, expected) => {
    const hostile = tutor.preview(asked);
    const [alive, saved] = [s.call('GET', '/health/live', {}), other.takeOff(onDay(4, 10, 11))];
    expect((await alive).status).toBe(200);
    expect((await saved).status).toBe(201);

    const answer = await hostile;
    const { code, field, fields, starts } = answer.body as typeof answer.body & { starts?: string[] };
    const blamed = field ?? Object.keys(fields ?? {})[0] ?? '';
    expect([answer.status, starts?.length ?? `${code} ${blamed}`]).toEqual([status, expected]);
    expect(answer.type).toContain(status === 200 ? 'application/json' : 'application/problem+json');
  });

  it('is one of more than sixty, none of which was kept', async () => {
    expect(HOSTILE.length).toBeGreaterThan(60);
    expect((await tutor.blocks()).body.items).toEqual([]);
    expect(await s.published(tutor.id)).toEqual([]);
    expect(await s.everything()).toMatchObject({ blocks: 0, settings: 0, answers: 0 });
  });

  it('is told where a rule is wrong', async () => {
    const { body } = await tutor.preview({ ...NOON, rrule_string: 'FREQ=DAILY;BYHOUR=24' });
    expect(body).toMatchObject({ problem: 'out_of_range', part: 'BYHOUR', position: 18 });
  });

  it('may come a dozen times at once', async () => {
    const all = Array.from({ length: 12 }, () => tutor.preview(rule('FREQ=HOURLY;INTERVAL=2;BYHOUR=10;COUNT=99999')));
    const alive = await s.call('GET', '/health/live', {});
    const offered = await other.offer({ ...onDay(4, 12, 13), is_recurring: false });
    expect([alive.status, offered.status]).toEqual([200, 201]);
    for (const { status } of await Promise.all(all)) expect([200, 422]).toContain(status);
  });
});
