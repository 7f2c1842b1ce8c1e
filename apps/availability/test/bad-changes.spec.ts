import { answerTo, anyone, invalid, malformed, type Refused } from './refused.ts';
import { API, instant, onDay, RULE, type Scenario, scenario, type Tutor } from './scenario.ts';

const many = (count: number) => Array.from({ length: count }, (_, day) => instant(4 + day, 14));

describe('a change that cannot be meant', () => {
  let s: Scenario;
  let tutor: Tutor;
  let block: string;
  let single: string;
  beforeAll(async () => {
    s = await scenario();
    tutor = await s.tutor();
    block = (await tutor.offer()).body.availability_id;
    single = (await tutor.offer({ ...onDay(5, 9, 12), is_recurring: false })).body.availability_id;
  });
  afterAll(() => s.end());

  it.each<[string, unknown, Refused]>([
    ['JSON that is none', '{', malformed()],
    ['a list', [RULE], malformed()],
    ['null', 'null', malformed()],
    ['nothing', {}, invalid('nothing_to_change')],
    ['how, but not what', { on_conflict: 'refuse' }, invalid('nothing_to_change')],
    ['where, but not what', { scope: 'one', occurrence_at: instant(4, 14) }, invalid('nothing_to_change')],
    ['an unknown field', { tutor_id: anyone }, malformed('tutor_id')],
    ['a flag that follows from the rule', { is_recurring: false }, malformed('is_recurring')],
    ['a start that is null', { start_at: null }, malformed('start_at')],
    ['a start without a zone', { start_at: '2030-03-04T16:00:00' }, malformed('start_at')],
    ['an end before the start', { end_at: instant(4, 13) }, invalid('range_backwards', 'end_at')],
    [
      'a start after the end',
      { start_at: instant(4, 16), end_at: instant(4, 15) },
      invalid('range_backwards', 'end_at'),
    ],
    ['over a day, by a rule', { end_at: instant(5, 15) }, invalid('range_too_long', 'end_at')],
    ['a start years ago', { start_at: '2020-03-04T14:00:00Z' }, invalid('start_out_of_range', 'start_at')],
    ['an empty rule', { rrule_string: '' }, invalid('rule_not_understood', 'rrule_string')],
    ['a rule that is none', { rrule_string: 'secret' }, invalid('rule_not_understood', 'rrule_string')],
    ['a rule by the minute', { rrule_string: 'FREQ=MINUTELY' }, invalid('rule_too_expensive', 'rrule_string')],
    ['102 lessons a day', { rrule_string: 'FREQ=MINUTELY;INTERVAL=14' }, invalid('too_many_lessons', 'rrule_string')],
    ['a rule with a line break', { rrule_string: 'FREQ=DAILY\n' }, invalid('rule_not_understood', 'rrule_string')],
    [
      'exceptions without a rule',
      { rrule_string: null, exdates: [] as string[], rdates: [instant(5, 1)] },
      invalid('rule_unexpected'),
    ],
    ['a timezone that is none', { timezone: 'Mars/Olympus' }, invalid('unknown_timezone', 'timezone')],
    ['a timezone that is null', { timezone: null }, malformed('timezone')],
    ['367 exceptions', { exdates: many(367) }, malformed('exdates')],
    ['exceptions that are null', { exdates: null }, malformed('exdates')],
    ['lessons of no minute', { lesson_minutes: 0 }, malformed('lesson_minutes')],
    ['a price below nothing', { price_cents: -1 }, malformed('price_cents')],
    ['no seats', { capacity: 0 }, malformed('capacity')],
    ['a scope that there is not', { scope: 'some', price_cents: 1 }, malformed('scope')],
    ['a scope that is a list', { scope: ['one'], price_cents: 1 }, malformed('scope')],
    ['one date without a date', { scope: 'one', price_cents: 1 }, invalid('occurrence_missing', 'occurrence_at')],
    ['what follows nothing', { scope: 'following', price_cents: 1 }, invalid('occurrence_missing', 'occurrence_at')],
    [
      'all, and a date',
      { occurrence_at: instant(4, 14), price_cents: 1 },
      invalid('occurrence_unexpected', 'occurrence_at'),
    ],
    [
      'a date on which nothing starts',
      { scope: 'one', occurrence_at: instant(5, 14), price_cents: 1 },
      invalid('occurrence_not_found', 'occurrence_at'),
    ],
    [
      'what follows an hour at which nothing starts',
      { scope: 'following', occurrence_at: instant(4, 13), price_cents: 1 },
      invalid('occurrence_not_found', 'occurrence_at'),
    ],
    [
      'a date that is none',
      { scope: 'one', occurrence_at: '2030-02-30T14:00:00Z', price_cents: 1 },
      malformed('occurrence_at'),
    ],
    [
      'a rule for one date',
      { scope: 'one', occurrence_at: instant(4, 14), rrule_string: 'FREQ=DAILY' },
      invalid('rule_unexpected'),
    ],
    ['a body over 100 kB', { rrule_string: 'x'.repeat(100_001) }, [413, 'body_too_large']],
  ])('is refused of a rule: %s', async (_, body, refused) => {
    expect(await answerTo(s, () => tutor.edit(block, body), refused)).toEqual(refused);
  });

  it.each<[string, unknown, Refused]>([
    ['exceptions', { exdates: [instant(5, 9)] }, invalid('rule_unexpected')],
    [
      'one of its dates',
      { scope: 'one', occurrence_at: instant(5, 9), price_cents: 1 },
      invalid('occurrence_not_found'),
    ],
    ['over a year', { end_at: '2031-03-07T09:00:00Z' }, invalid('range_too_long', 'end_at')],
    [
      'more than 2,000 lessons',
      { end_at: '2030-12-05T09:00:00Z', lesson_minutes: 15 },
      invalid('too_many_lessons', 'end_at'),
    ],
  ])('is refused of what comes once: %s', async (_, body, refused) => {
    expect(await answerTo(s, () => tutor.edit(single, body), refused)).toEqual(refused);
  });

  it.each<[string, string, Refused]>([
    ['a scope that there is not', '?scope=some', malformed('scope')],
    ['a scope twice', '?scope=one&scope=all', malformed('scope')],
    ['no date for one', '?scope=one', invalid('occurrence_missing', 'occurrence_at')],
    ['a date for all', `?occurrence_at=${instant(4, 14)}`, invalid('occurrence_unexpected', 'occurrence_at')],
    ['a plus that is a space', '?scope=one&occurrence_at=2030-03-04T16:00:00+02:00', malformed('occurrence_at')],
    [
      'a date on which nothing starts',
      `?scope=following&occurrence_at=${instant(5, 14)}`,
      invalid('occurrence_not_found'),
    ],
    ['an unknown word', '?cascade=true', malformed('cascade')],
  ])('is refused of what goes: %s', async (_, query, refused) => {
    expect(await answerTo(s, () => tutor.withdraw(block, query), refused)).toEqual(refused);
  });

  it.each<[string, string, Refused]>([
    ['no UUID', 'secret', malformed('availability_id')],
    ['one that there is not', anyone, [404, 'availability_not_found']],
  ])('is refused as an id: %s', async (_, id, refused) => {
    expect(await answerTo(s, () => tutor.edit(id, { price_cents: 1 }), refused)).toEqual(refused);
    expect(await answerTo(s, () => tutor.block(id), refused)).toEqual(refused);
    expect(await answerTo(s, () => tutor.withdraw(id), refused)).toEqual(refused);
  });

  const routes: [method: string, path: string, body: unknown][] = [
    ['GET', `${API}/${anyone}`, undefined],
    ['PATCH', `${API}/${anyone}`, { price_cents: 1 }],
    ['GET', `${API}/conflicts`, undefined],
    ['GET', `${API}/overrides`, undefined],
    ['GET', `${API}/overrides/2030-03-05`, undefined],
    ['PUT', `${API}/overrides/2030-03-05`, { mode: 'extra', hours: [] }],
    ['DELETE', `${API}/overrides/2030-03-05`, undefined],
  ];

  it.each(routes)('is refused without a valid token, and to whoever is no tutor: %s %s', async (method, path, body) => {
    const nobody: Refused = [401, 'not_signed_in'];
    expect(await answerTo(s, () => s.call(method, path, {}, body), nobody)).toEqual(nobody);
    const student = { authorization: `Bearer ${await s.token({ roles: ['student'] })}` };
    const other: Refused = [403, 'role_missing'];
    expect(await answerTo(s, () => s.call(method, path, student, body), other)).toEqual(other);
  });
});
