import { RULE, type Scenario, scenario, type Tutor } from './scenario.ts';

const every = (count: number) => Array.from({ length: count }, (_, n) => n).join(',');

describe('a rule that no tutor means', () => {
  let s: Scenario;
  let tutor: Tutor;
  beforeAll(async () => {
    s = await scenario();
    tutor = await s.tutor();
    await tutor.offer();
  });
  afterAll(() => s.end());

  /** Offers a rule that must change nothing, and answers how it was refused. */
  async function refusal(rrule_string: string, more: object = {}) {
    const before = await s.everything();
    const answer = await tutor.offer({ ...RULE, rrule_string, ...more });
    expect(await s.everything()).toEqual(before);
    expect(answer.type).toContain('application/problem+json');
    return answer;
  }

  it.each([
    ['', 'empty'],
    ['RRULE:', 'empty'],
    ['RRULE:RRULE:FREQ=WEEKLY', 'several_rules'],
    ['FREQ=WEEKLY;', 'empty_part'],
    ['FREQ', 'no_value'],
    ['BYDAY=MO', 'frequency_missing'],
    ['FREQ=SECONDLY', 'frequency_not_supported'],
    ['FREQ=constructor', 'frequency_unknown'],
    ['__proto__=1', 'unknown_part'],
    ['FREQ=WEEKLY;freq=DAILY', 'repeated_part'],
    ['FREQ=WEEKLY;COUNT=3;UNTIL=20300401T000000Z', 'count_with_until'],
    ['FREQ=WEEKLY;DTSTART=20300304T140000Z', 'unknown_part'],
    ['DTSTART;TZID=Europe/Kyiv:20300304T160000;FREQ=DAILY', 'unknown_part'],
    ['FREQ=WEEKLY;TZID=Europe/Kyiv', 'unknown_part'],
    ['FREQ=MONTHLY;BYDAY=8MO', 'out_of_range'],
    ['FREQ=WEEKLY;BYDAY=1MO', 'number_not_allowed'],
    ['FREQ=WEEKLY;BYDAY=XX', 'not_a_weekday'],
    ['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', 'never_matches'],
    ['FREQ=YEARLY;BYMONTH=13', 'out_of_range'],
    ['FREQ=WEEKLY;INTERVAL=0', 'out_of_range'],
    ['FREQ=WEEKLY;INTERVAL=-1', 'not_a_number'],
    ['FREQ=WEEKLY;INTERVAL=99999999999999999999999', 'out_of_range'],
    ['FREQ=WEEKLY;INTERVAL=0x10', 'not_a_number'],
    ['FREQ=WEEKLY;INTERVAL=２', 'not_printable_ascii'],
    ['FREQ=DAıLY', 'not_printable_ascii'],
    ['FREQ=WEEKLY;COUNT=0', 'out_of_range'],
    ['FREQ=WEEKLY;COUNT=1e3', 'not_a_number'],
    ['FREQ=WEEKLY;UNTIL=20300301', 'not_a_utc_time'],
    ['FREQ=WEEKLY;UNTIL=20300230T000000Z', 'not_a_utc_time'],
    ['FREQ=DAILY;BYHOUR=24', 'out_of_range'],
    ['FREQ=DAILY;BYSECOND=60', 'out_of_range'],
    ['FREQ=DAILY;BYSETPOS=1', 'nothing_to_choose_from'],
    ['FREQ=WEEKLY;BYMONTHDAY=1', 'part_not_allowed'],
    ['FREQ=WEEKLY BYDAY=MO', 'white_space'],
    ['FREQ=WEEKLY\u2028RDATE:20300304T140000Z', 'white_space'],
    ["FREQ=DAILY'; drop table availability_blocks; --", 'white_space'],
    [`FREQ=DAILY;BYHOUR=${every(240)}`, 'too_long'],
  ])('is refused, and told why: %j is %s', async (rule, problem) => {
    expect(await refusal(rule)).toMatchObject({
      status: 422,
      body: { code: 'rule_not_understood', field: 'rrule_string', problem },
    });
  });

  it.each([
    ['50 kB', `FREQ=DAILY;BYHOUR=${'9,'.repeat(25_000)}9`, 'too_long', 500],
    ['two lines', 'FREQ=WEEKLY\nRDATE:20300304T140000Z', 'white_space', 11],
    ['two lines of a calendar', 'FREQ=WEEKLY\r\nEXRULE:FREQ=DAILY', 'white_space', 11],
    ['a NUL', 'FREQ=WEEKLY\u0000', 'not_printable_ascii', 11],
    ['half an emoji', 'FREQ=WEEKLY\ud83d', 'not_printable_ascii', 11],
  ])('is refused, and told where: %s', async (_, rule, problem, position) => {
    expect(await refusal(rule)).toMatchObject({
      status: 422,
      body: { code: 'rule_not_understood', problem, position },
    });
  });

  const longAgo = { start_at: '2029-03-02T14:00:00Z', end_at: '2029-03-02T15:00:00Z' };
  // Four each: jest would pass its own callback for one that is missing.
  it.each<[what: string, rule: string, code: string, more: object]>([
    ['a start a minute', 'FREQ=MINUTELY', 'rule_too_expensive', {}],
    ['a start a minute for a day', 'FREQ=MINUTELY;COUNT=1440', 'too_many_lessons', {}],
    ['102 a day', 'FREQ=MINUTELY;INTERVAL=14', 'too_many_lessons', {}],
    ['144 a day', `FREQ=DAILY;BYHOUR=${every(24)};BYMINUTE=0,10,20,30,40,50`, 'too_many_lessons', {}],
    ['1,440 on Mondays', `FREQ=WEEKLY;BYDAY=MO;BYHOUR=${every(24)};BYMINUTE=${every(60)}`, 'rule_too_expensive', {}],
    ['48 a day, and 2,600 in eight weeks', 'FREQ=HOURLY;BYMINUTE=0,30', 'too_many_lessons', {}],
    [
      'a start a second',
      `FREQ=DAILY;BYHOUR=${every(24)};BYMINUTE=${every(60)};BYSECOND=${every(60)}`,
      'rule_too_expensive',
      longAgo,
    ],
  ])('is refused for what it would open or cost: %s', async (_, rule, code, more) => {
    expect(await refusal(rule, more)).toMatchObject({ status: 422, body: { code, field: 'rrule_string' } });
  });

  it.each([
    ['rrule:freq=weekly;byday=mo', 8],
    ['FREQ=WEEKLY;UNTIL=20300318T140000Z', 3],
    ['FREQ=MONTHLY;BYDAY=-1MO', 1],
    ['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29', 0],
    ['FREQ=MINUTELY;COUNT=99999;BYMONTH=2;BYMONTHDAY=29;BYHOUR=1', 0],
    ['FREQ=MINUTELY;INTERVAL=15;COUNT=96', 96],
  ])('differs from one that is odd and yet allowed: %s gives %i lessons', async (rule, count) => {
    const answer = await (await s.tutor()).offer({ ...RULE, rrule_string: rule });
    expect(answer).toMatchObject({ status: 201, body: { slots: { count } } });
  });
});
