import { answerTo, anyone, invalid, malformed, type Refused } from './refused.ts';
import { API, instant, onDay, RULE, type Scenario, scenario, type Tutor } from './scenario.ts';

const many = (count: number) => Array.from({ length: count }, (_, day) => instant(4 + day, 14));
const times = { start_at: RULE.start_at, end_at: RULE.end_at };
const once = { ...times, is_recurring: false };

const backwards = invalid('range_backwards', 'end_at');
const tooLong = invalid('range_too_long', 'end_at');
const outOfRange = invalid('start_out_of_range', 'start_at');
const unknownZone = invalid('unknown_timezone', 'timezone');

/** What no instant is, whichever field it stands in. */
const noInstants: [what: string, value: unknown][] = [
  ['a date without a zone', '2030-03-04T16:00:00'],
  ['a day', '2030-03-04'],
  ['a 30 February', '2030-02-30T16:00:00Z'],
  ['an hour that there is not', '2030-03-04T25:00:00Z'],
  ['a second that there is not', '2030-03-04T14:00:61Z'],
  ['an offset that there is not', '2030-03-04T16:00:00+25:00'],
  ['a year that we do not know', '1969-03-04T16:00:00Z'],
  ['a number', 1_898_865_600_000],
  ['a list', ['2030-03-04T16:00:00Z']],
  ['an object', { at: '2030-03-04T16:00:00Z' }],
  ['null', null],
  ['nothing', undefined],
  ['words with the time', 'secret 2030-03-04T16:00:00Z'],
  ['50 kB', '2'.repeat(50_000)],
];

describe('a request that cannot be meant', () => {
  let s: Scenario;
  let tutor: Tutor;
  beforeAll(async () => {
    s = await scenario();
    tutor = await s.tutor();
    await tutor.offer();
  });
  afterAll(() => s.end());

  it.each<[string, unknown, Refused]>([
    ['JSON that is none', '{"start_at":', malformed()],
    ['an empty body', '', malformed()],
    ['null', 'null', malformed()],
    ['a list', [RULE], malformed()],
    ['a text', '"secret"', malformed()],
    ['a prototype', '{"__proto__":{"is_recurring":true}}', malformed()],
    ['nothing', {}, malformed('start_at')],
    ['an unknown field', { ...RULE, tutor_id: anyone }, malformed('tutor_id')],
    ['a field of another spelling', { ...RULE, rrule: 'FREQ=DAILY' }, malformed('rrule')],
    ...noInstants.map(([what, at]): [string, unknown, Refused] => [
      `${what} for a start`,
      { ...RULE, start_at: at },
      malformed('start_at'),
    ]),
    ...noInstants.map(([what, at]): [string, unknown, Refused] => [
      `${what} for an end`,
      { ...RULE, end_at: at },
      malformed('end_at'),
    ]),
    ...noInstants
      .filter(([, at]) => !Array.isArray(at))
      .map(([what, at]): [string, unknown, Refused] => [
        `${what} for an exception`,
        { ...RULE, exdates: [instant(4, 14), at] },
        malformed('exdates'),
      ]),
    ['367 exceptions', { ...RULE, exdates: many(367) }, malformed('exdates')],
    ['exceptions that are no list', { ...RULE, exdates: instant(4, 14) }, malformed('exdates')],
    ['a yes in words', { ...RULE, is_recurring: 'true' }, malformed('is_recurring')],
    ['a rule that is no text', { ...RULE, rrule_string: { FREQ: 'DAILY' } }, malformed('rrule_string')],
    ['a rule that is a list', { ...RULE, rrule_string: ['FREQ=DAILY'] }, malformed('rrule_string')],
    ['an end before the start', { ...RULE, end_at: '2030-03-04T15:00:00+02:00' }, backwards],
    ['an end at the start', { ...RULE, end_at: RULE.start_at }, backwards],
    ['less than a second', { ...RULE, end_at: '2030-03-04T16:00:00.999+02:00' }, backwards],
    ['a rule of more than a day', { ...RULE, end_at: '2030-03-05T16:00:01+02:00' }, tooLong],
    ['over a year', { ...once, end_at: '2031-03-06T14:00:00Z' }, tooLong],
    [
      'a start years ago',
      { start_at: '2029-02-27T09:00:00Z', end_at: '2029-02-27T10:00:00Z', is_recurring: false },
      outOfRange,
    ],
    ['a start in 1970', { ...RULE, start_at: '1970-01-01T00:00:00Z', end_at: '1970-01-01T01:00:00Z' }, outOfRange],
    ['a start far ahead', { ...RULE, start_at: '2099-12-31T00:00:00Z', end_at: '2099-12-31T01:00:00Z' }, outOfRange],
    ['recurrence without a rule', { ...times, is_recurring: true }, invalid('rule_missing', 'rrule_string')],
    ['a rule without recurrence', { ...RULE, is_recurring: false }, invalid('rule_unexpected', 'is_recurring')],
    [
      'exceptions without recurrence',
      { ...once, exdates: [instant(4, 14)] },
      invalid('rule_unexpected', 'is_recurring'),
    ],
    ...['constructor', '__proto__', '+05:30', 'GMT+2', 'Mars/Olympus', 'Europe', 'europe/london', ' UTC', '../UTC'].map(
      (timezone): [string, unknown, Refused] => [`the timezone ${timezone}`, { ...RULE, timezone }, unknownZone],
    ),
    ['no timezone', { ...RULE, timezone: '' }, malformed('timezone')],
    ['367 starts besides the rule', { ...RULE, rdates: many(367) }, malformed('rdates')],
    [
      'starts besides a rule that there is not',
      { ...once, rdates: [instant(5, 9)] },
      invalid('rule_unexpected', 'is_recurring'),
    ],
    ['lessons of 14 minutes', { ...RULE, lesson_minutes: 14 }, malformed('lesson_minutes')],
    ['lessons of 241 minutes', { ...RULE, lesson_minutes: 241 }, malformed('lesson_minutes')],
    ['a price below nothing', { ...RULE, price_cents: -1 }, malformed('price_cents')],
    ['a price in words', { ...RULE, price_cents: '25' }, malformed('price_cents')],
    ['no seats', { ...RULE, capacity: 0 }, malformed('capacity')],
    ['another way with conflicts', { ...RULE, on_conflict: 'replace' }, malformed('on_conflict')],
    ['a long timezone', { ...RULE, timezone: 'A'.repeat(65) }, malformed('timezone')],
    ['a timezone that is none', { ...RULE, timezone: 2 }, malformed('timezone')],
    ['a timezone with a line break', { ...RULE, timezone: 'Europe/Kyiv\n' }, malformed('timezone')],
    ['a body over 100 kB', { ...RULE, rrule_string: 'x'.repeat(100_001) }, [413, 'body_too_large']],
  ])('is refused as availability: %s', async (_, body, refused) => {
    expect(await answerTo(s, () => tutor.offer(body), refused)).toEqual(refused);
  });

  it.each<[string, unknown, Refused]>([
    ['JSON that is none', '{', malformed()],
    ['nothing', {}, malformed('start_at')],
    ['an unknown field', { ...times, rdates: [] }, malformed('rdates')],
    ['a yes in words', { ...times, is_recurring: 'yes' }, malformed('is_recurring')],
    [
      'a rule that is a list',
      { ...times, is_recurring: true, rrule_string: ['FREQ=DAILY'] },
      malformed('rrule_string'),
    ],
    [
      '367 exceptions',
      { ...times, is_recurring: true, rrule_string: 'FREQ=DAILY', exdates: many(367) },
      malformed('exdates'),
    ],
    [
      'exceptions without recurrence',
      { ...times, exdates: [instant(4, 14)] },
      invalid('rule_unexpected', 'is_recurring'),
    ],
    ['recurrence without a rule', { ...times, is_recurring: true }, invalid('rule_missing', 'rrule_string')],
    ['a timezone that is none', { ...times, timezone: '+05:30' }, unknownZone],
    ...noInstants.map(([what, at]): [string, unknown, Refused] => [
      `${what} for a start`,
      { ...times, start_at: at },
      malformed('start_at'),
    ]),
    ['an end before the start', { ...onDay(5, 0, 1), end_at: instant(4, 0) }, backwards],
    ['over a year', { ...times, end_at: '2031-03-06T14:00:00Z' }, tooLong],
    ['a start years ago', { start_at: '2028-01-01T00:00:00Z', end_at: '2028-01-02T00:00:00Z' }, outOfRange],
    ['a body over 100 kB', { ...times, end_at: 'x'.repeat(100_001) }, [413, 'body_too_large']],
  ])('is refused as time off: %s', async (_, body, refused) => {
    expect(await answerTo(s, () => tutor.takeOff(body), refused)).toEqual(refused);
  });

  it.each<[string, string, Refused]>([
    ['no UUID', 'secret', malformed('availability_id')],
    ['half of one', anyone.slice(0, 18), malformed('availability_id')],
    ['SQL', encodeURIComponent("' or 1=1 --"), malformed('availability_id')],
    ['bytes that are no text', '%ff', malformed()],
    ['one that there is not', anyone, [404, 'availability_not_found']],
  ])('is refused as an id: %s', async (_, id, refused) => {
    expect(await answerTo(s, () => tutor.withdraw(id), refused)).toEqual(refused);
    const [status, ...words] = refused;
    const ofTimeOff = [status, ...words.map((word) => word?.replace('availability', 'time_off'))] as Refused;
    expect(await answerTo(s, () => tutor.comeBack(id), ofTimeOff)).toEqual(ofTimeOff);
  });

  it('is refused as a kind of content: whatever is no JSON', async () => {
    const refused: Refused = [415, 'media_type_unsupported'];
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'text/calendar']) {
      const send = () => tutor.offer(JSON.stringify(RULE), { 'content-type': type });
      expect(await answerTo(s, send, refused)).toEqual(refused);
    }
  });

  it('is refused as a key: an Idempotency-Key that is none', async () => {
    const bad: Refused = [400, 'idempotency_key_malformed'];
    for (const key of ['', 'k'.repeat(256), 'é']) {
      const header = { 'idempotency-key': key };
      expect(await answerTo(s, () => tutor.offer(RULE, header), bad)).toEqual(bad);
      expect(await answerTo(s, () => tutor.takeOff(times, header), bad)).toEqual(bad);
    }
  });

  it('is refused with nothing changed when a tutor has 200 blocks', async () => {
    const busy = await s.tutor();
    await s.source.query(
      `insert into availability_blocks
       select gen_random_uuid(), $1, '2030-03-04T14:00Z', '2030-03-04T15:00Z', false, null, 'UTC', 'default', '{}', now()
         from generate_series(1, 199)`,
      [busy.id],
    );
    expect((await busy.offer()).status).toBe(201);
    const full: Refused = [422, 'too_many_blocks'];
    expect(await answerTo(s, () => busy.offer(), full)).toEqual(full);
    expect((await busy.blocks()).body.items).toHaveLength(200);
  });

  it('is refused with nothing changed when a tutor has 500 entries of time off, of which none is over', async () => {
    const away = await s.tutor();
    const fill = `insert into time_off_blocks
                  select gen_random_uuid(), $1, $2::timestamptz, $2::timestamptz + interval '1 hour', now()
                    from generate_series(1, $3)`;
    await s.source.query(fill, [away.id, instant(4, 14), 499]);
    await s.source.query(fill, [away.id, '2030-02-04T14:00Z', 10]);
    expect((await away.takeOff(times)).status).toBe(201);
    const full: Refused = [422, 'too_much_time_off'];
    expect(await answerTo(s, () => away.takeOff(times), full)).toEqual(full);
  });

  // Three each: jest would pass its own callback for one that is missing.
  const routes: [method: string, path: string, body: unknown][] = [
    ['POST', API, RULE],
    ['GET', API, undefined],
    ['DELETE', `${API}/${anyone}`, undefined],
    ['POST', `${API}/time-off`, times],
    ['GET', `${API}/time-off`, undefined],
    ['DELETE', `${API}/time-off/${anyone}`, undefined],
    ['PUT', `${API}/settings`, { timezone: 'UTC' }],
    ['GET', `${API}/settings`, undefined],
  ];

  it.each(routes)('is refused without a valid token: %s %s', async (method, path, body) => {
    const expired = await s.token({ roles: ['tutor'], claims: { exp: 1 } });
    const elsewhere = await s.token({ roles: ['tutor'], claims: { iss: 'https://elsewhere.example' } });
    const bearers = [expired, elsewhere, 'x.y.z', ''].map((token) => ({ authorization: `Bearer ${token}` }));
    const refused: Refused = [401, 'not_signed_in'];
    for (const headers of [{}, ...bearers])
      expect(await answerTo(s, () => s.call(method, path, headers, body), refused)).toEqual(refused);
  });

  it.each(routes)('is refused to whoever is no tutor: %s %s', async (method, path, body) => {
    const refused: Refused = [403, 'role_missing'];
    for (const roles of [[], ['student'], ['admin', 'service']] as const) {
      const authorization = `Bearer ${await s.token({ roles: [...roles] })}`;
      expect(await answerTo(s, () => s.call(method, path, { authorization }, body), refused)).toEqual(refused);
    }
  });
});
