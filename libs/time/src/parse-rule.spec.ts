import { parseRule } from './parse-rule.ts';
import { RuleNotUnderstood } from './time.errors.ts';

const refusal = (text: string) => {
  try {
    parseRule(text);
  } catch (error) {
    if (error instanceof RuleNotUnderstood) return error;
    throw error;
  }
  throw new Error('the rule was understood');
};

describe('a recurrence rule', () => {
  it('is read whole, with its lists sorted and distinct', () => {
    expect(
      parseRule('FREQ=YEARLY;INTERVAL=2;COUNT=10;WKST=SU;BYMONTH=11,1,11;BYDAY=TU,-1MO,1MO;BYHOUR=15,9;BYSETPOS=2,-1'),
    ).toEqual({
      frequency: 'YEARLY',
      interval: 2,
      count: 10,
      weekStart: 6,
      byMonth: [1, 11],
      byWeekNo: [],
      byYearDay: [],
      byMonthDay: [],
      byDay: [{ weekday: 0, nth: -1 }, { weekday: 1 }, { weekday: 0, nth: 1 }],
      byHour: [9, 15],
      byMinute: [],
      bySecond: [],
      bySetPos: [-1, 2],
    });
  });

  it.each([
    'rrule:freq=weekly;byday=mo,we',
    'RRULE:FREQ=WEEKLY;BYDAY=MO,WE',
    'BYDAY=WE,MO,WE;FREQ=WEEKLY',
    'FREQ=WEEKLY;INTERVAL=01;WKST=MO;BYDAY=WE,MO',
  ])('means the same in any case and order, with or without its name: %s', (text) => {
    expect(parseRule(text)).toEqual(parseRule('FREQ=WEEKLY;BYDAY=MO,WE'));
  });

  it.each([
    'FREQ=MONTHLY;BYDAY=+1MO',
    'FREQ=MONTHLY;BYMONTHDAY=+15,-31',
    'FREQ=YEARLY;BYDAY=-53SU',
    'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29',
    'FREQ=YEARLY;BYMONTH=2,3;BYMONTHDAY=31',
    'FREQ=HOURLY;BYYEARDAY=-366',
    'FREQ=YEARLY;BYWEEKNO=53,-53',
    'FREQ=DAILY;COUNT=99999',
    'FREQ=DAILY;BYHOUR=0,23;BYMINUTE=59;BYSECOND=59',
    'FREQ=DAILY;UNTIL=20260228T235959Z',
    'FREQ=MINUTELY;BYMONTHDAY=1;BYSETPOS=366',
  ])('is understood at the edges of what is allowed: %s', (text) => {
    expect(() => parseRule(text)).not.toThrow();
  });

  it.each([
    ['', 'empty', 0],
    ['RRULE:', 'empty', 6],
    [`FREQ=DAILY;BYHOUR=${'9,'.repeat(300)}9`, 'too_long', 500],
    ['FREQ=WEEKLY BYDAY=MO', 'white_space', 11],
    [' FREQ=WEEKLY', 'white_space', 0],
    ['FREQ=WEEKLY\nRDATE:20260101T000000Z', 'white_space', 11],
    ['FREQ=WEEKLY\r\nEXRULE:FREQ=DAILY', 'white_space', 11],
    ['FREQ=WEEKLY\u2028BYDAY=MO', 'white_space', 11],
    ['FREQ=WEEKLY;INTERVAL=２', 'not_printable_ascii', 21],
    ['FREQ=WEEKLY\u0000', 'not_printable_ascii', 11],
    ['FREQ=DAıLY', 'not_printable_ascii', 7],
    ['FREQ=WEEKLY;;BYDAY=MO', 'empty_part', 12],
    ['FREQ=WEEKLY;', 'empty_part', 12],
    [';FREQ=WEEKLY', 'empty_part', 0],
    ['FREQ=WEEKLY;INTERVAL=2;INTERVAL=3', 'repeated_part', 23, 'INTERVAL'],
    ['FREQ=WEEKLY;freq=DAILY', 'repeated_part', 12, 'FREQ'],
    ['FREQ=YEARLY;BYEASTER=0', 'unknown_part', 12],
    ['FREQ=WEEKLY;DTSTART=19700101T000000Z', 'unknown_part', 12],
    ['FREQ=WEEKLY;TZID=Europe/Kyiv', 'unknown_part', 12],
    ['FREQ=WEEKLY;X-NOTE=1', 'unknown_part', 12],
    ['RRULE:RRULE:FREQ=WEEKLY', 'unknown_part', 6],
    ['constructor', 'unknown_part', 0],
    ['__proto__=1', 'unknown_part', 0],
    ['FREQ', 'no_value', 4, 'FREQ'],
    ['FREQ=', 'no_value', 4, 'FREQ'],
    ['FREQ=WEEKLY;BYDAY=', 'no_value', 17, 'BYDAY'],
    ['BYDAY=MO', 'frequency_missing', 8],
    ['FREQ=SECONDLY', 'frequency_not_supported', 5, 'FREQ'],
    ['FREQ=FORTNIGHTLY', 'frequency_unknown', 5, 'FREQ'],
    ['FREQ=constructor', 'frequency_unknown', 5, 'FREQ'],
    ['FREQ=WEEKLY=DAILY', 'frequency_unknown', 5, 'FREQ'],
    ['FREQ=WEEKLY;INTERVAL=0', 'out_of_range', 21, 'INTERVAL'],
    ['FREQ=WEEKLY;INTERVAL=-1', 'not_a_number', 21, 'INTERVAL'],
    ['FREQ=WEEKLY;INTERVAL=+1', 'not_a_number', 21, 'INTERVAL'],
    ['FREQ=WEEKLY;INTERVAL=1.5', 'not_a_number', 21, 'INTERVAL'],
    ['FREQ=WEEKLY;INTERVAL=abc', 'not_a_number', 21, 'INTERVAL'],
    ['FREQ=WEEKLY;INTERVAL=0x10', 'not_a_number', 21, 'INTERVAL'],
    ['FREQ=WEEKLY;INTERVAL=100000', 'not_a_number', 21, 'INTERVAL'],
    ['FREQ=WEEKLY;INTERVAL=99999999999999999999999', 'not_a_number', 21, 'INTERVAL'],
    ['FREQ=WEEKLY;COUNT=0', 'out_of_range', 18, 'COUNT'],
    ['FREQ=WEEKLY;COUNT=-3', 'not_a_number', 18, 'COUNT'],
    ['FREQ=WEEKLY;COUNT=1e3', 'not_a_number', 18, 'COUNT'],
    ['FREQ=WEEKLY;COUNT=NaN', 'not_a_number', 18, 'COUNT'],
    ['FREQ=WEEKLY;COUNT=3;UNTIL=20260301T000000Z', 'count_with_until', 20, 'UNTIL'],
    ['UNTIL=20260301T000000Z;COUNT=3;FREQ=WEEKLY', 'count_with_until', 23, 'COUNT'],
    ['FREQ=WEEKLY;UNTIL=2026-03-01T00:00:00Z', 'not_a_utc_time', 18, 'UNTIL'],
    ['FREQ=WEEKLY;UNTIL=20260301', 'not_a_utc_time', 18, 'UNTIL'],
    ['FREQ=WEEKLY;UNTIL=20260301T000000', 'not_a_utc_time', 18, 'UNTIL'],
    ['FREQ=WEEKLY;UNTIL=20260230T000000Z', 'not_a_utc_time', 18, 'UNTIL'],
    ['FREQ=WEEKLY;UNTIL=20260301T240000Z', 'not_a_utc_time', 18, 'UNTIL'],
    ['FREQ=WEEKLY;UNTIL=20260301T250000Z', 'not_a_utc_time', 18, 'UNTIL'],
    ['FREQ=WEEKLY;BYDAY=XX', 'not_a_weekday', 18, 'BYDAY'],
    ['FREQ=WEEKLY;BYDAY=MO,,TU', 'not_a_weekday', 21, 'BYDAY'],
    ['FREQ=WEEKLY;BYDAY=MONDAY', 'not_a_weekday', 18, 'BYDAY'],
    ['FREQ=WEEKLY;BYDAY=1MO', 'number_not_allowed', 18, 'BYDAY'],
    ['FREQ=DAILY;BYDAY=TU,-1MO', 'number_not_allowed', 20, 'BYDAY'],
    ['FREQ=YEARLY;BYWEEKNO=20;BYDAY=1MO', 'number_not_allowed', 30, 'BYDAY'],
    ['FREQ=MONTHLY;BYDAY=0MO', 'out_of_range', 19, 'BYDAY'],
    ['FREQ=MONTHLY;BYDAY=6MO', 'out_of_range', 19, 'BYDAY'],
    ['FREQ=MONTHLY;BYDAY=8MO', 'out_of_range', 19, 'BYDAY'],
    ['FREQ=YEARLY;BYDAY=54MO', 'out_of_range', 18, 'BYDAY'],
    ['FREQ=YEARLY;BYMONTH=3;BYDAY=-6MO', 'out_of_range', 28, 'BYDAY'],
    ['FREQ=YEARLY;BYMONTH=13', 'out_of_range', 20, 'BYMONTH'],
    ['FREQ=YEARLY;BYMONTH=1,0', 'out_of_range', 22, 'BYMONTH'],
    ['FREQ=YEARLY;BYMONTH=-1', 'not_a_number', 20, 'BYMONTH'],
    ['FREQ=MONTHLY;BYMONTHDAY=0', 'out_of_range', 24, 'BYMONTHDAY'],
    ['FREQ=MONTHLY;BYMONTHDAY=32', 'out_of_range', 24, 'BYMONTHDAY'],
    ['FREQ=MONTHLY;BYMONTHDAY=-32', 'out_of_range', 24, 'BYMONTHDAY'],
    ['FREQ=YEARLY;BYYEARDAY=367', 'out_of_range', 22, 'BYYEARDAY'],
    ['FREQ=YEARLY;BYYEARDAY=-0', 'out_of_range', 22, 'BYYEARDAY'],
    ['FREQ=YEARLY;BYWEEKNO=54', 'out_of_range', 21, 'BYWEEKNO'],
    ['FREQ=DAILY;BYHOUR=24', 'out_of_range', 18, 'BYHOUR'],
    ['FREQ=DAILY;BYHOUR=-1', 'not_a_number', 18, 'BYHOUR'],
    ['FREQ=DAILY;BYMINUTE=60', 'out_of_range', 20, 'BYMINUTE'],
    ['FREQ=DAILY;BYSECOND=60', 'out_of_range', 20, 'BYSECOND'],
    ['FREQ=DAILY;BYSECOND=61', 'out_of_range', 20, 'BYSECOND'],
    ['FREQ=DAILY;BYHOUR=9;BYSETPOS=0', 'out_of_range', 29, 'BYSETPOS'],
    ['FREQ=DAILY;BYHOUR=9;BYSETPOS=367', 'out_of_range', 29, 'BYSETPOS'],
    ['FREQ=DAILY;BYSETPOS=1', 'nothing_to_choose_from', 11, 'BYSETPOS'],
    ['FREQ=WEEKLY;WKST=XX', 'not_a_weekday', 17, 'WKST'],
    ['FREQ=WEEKLY;WKST=1MO', 'not_a_weekday', 17, 'WKST'],
    ['FREQ=WEEKLY;BYMONTHDAY=1', 'part_not_allowed', 12, 'BYMONTHDAY'],
    ['FREQ=DAILY;BYYEARDAY=1', 'part_not_allowed', 11, 'BYYEARDAY'],
    ['FREQ=WEEKLY;BYYEARDAY=1', 'part_not_allowed', 12, 'BYYEARDAY'],
    ['FREQ=MONTHLY;BYYEARDAY=1', 'part_not_allowed', 13, 'BYYEARDAY'],
    ['FREQ=MONTHLY;BYWEEKNO=1', 'part_not_allowed', 13, 'BYWEEKNO'],
    ['FREQ=MINUTELY;BYWEEKNO=1', 'part_not_allowed', 14, 'BYWEEKNO'],
    ['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', 'never_matches', 33, 'BYMONTHDAY'],
    ['FREQ=MONTHLY;BYMONTH=4,6;BYMONTHDAY=31,-31', 'never_matches', 36, 'BYMONTHDAY'],
    ['FREQ=DAILY;BYMONTHDAY=-30;BYMONTH=2', 'never_matches', 22, 'BYMONTHDAY'],
  ])('is refused, and told where: %j is %s at %i', (...[text, problem, position, part]) => {
    const { facts, kind, code } = refusal(text);
    expect({ kind, code, facts }).toEqual({
      kind: 'invalid',
      code: 'rule_not_understood',
      facts: { field: 'rrule_string', problem, position, ...(part !== undefined && { part }) },
    });
  });
});
