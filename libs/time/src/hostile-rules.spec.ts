import { Budget, MAX_STEPS } from './budget.ts';
import { expansion } from './expand-rule.ts';
import { parseRule } from './parse-rule.ts';
import { RuleNotUnderstood, RuleTooExpensive } from './time.errors.ts';
import { atOnce } from './turns.ts';

const list = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i).join(',');
const H = `BYHOUR=${list(0, 23)}`;
const M = `BYMINUTE=${list(0, 59)}`;
const S = `BYSECOND=${list(0, 59)}`;
const D = 'BYDAY=MO,TU,WE,TH,FR,SA,SU';

/** What is text to attack a parser with. */
const NO_RULES = [
  '',
  ' ',
  ';',
  '=',
  'RRULE:',
  'FREQ',
  'FREQ=SECONDLY',
  'FREQ=SECONDLY;COUNT=1',
  'FREQ=DAILY;COUNT=99999999999999999999',
  'FREQ=DAILY;INTERVAL=99999999999999999999999',
  'FREQ=DAILY;INTERVAL=-1',
  'FREQ=WEEKLY;INTERVAL=1.5',
  'FREQ=WEEKLY;INTERVAL=abc',
  'FREQ=WEEKLY;INTERVAL=２',
  'FREQ=DAILY;COUNT=Infinity',
  'FREQ=DAILY;COUNT=1e9',
  'FREQ=DAILY;UNTIL=99999999T999999Z',
  'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30',
  'FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=31',
  'FREQ=DAILY;BYMONTH=2,4;BYMONTHDAY=31',
  'FREQ=MONTHLY;BYDAY=8MO',
  'FREQ=DAILY\nRRULE:FREQ=MINUTELY',
  'FREQ=DAILY\r\nRDATE:20260101T000000Z',
  'FREQ=DAILY;DTSTART=00010101T000000Z',
  'DTSTART:19700101T000000Z RRULE:FREQ=DAILY',
  'FREQ=DAILY;BYEASTER=0',
  '__proto__=1;FREQ=DAILY',
  'FREQ=__proto__',
  'FREQ=DAILY;constructor=1',
  'FREQ=DAILY;WKST=__proto__',
  `FREQ=DAILY;BYHOUR=${'9,'.repeat(25_000)}9`,
  `FREQ=DAILY;BYHOUR=${'9'.repeat(50_000)}`,
  ';'.repeat(50_000),
  'FREQ=DAILY;'.repeat(5_000),
  'A'.repeat(50_000),
  `FREQ=DAILY;BYDAY=${'MO,'.repeat(150)}`,
  '\u0000'.repeat(400),
  'FREQ=DAILY\u202e',
  '🙂'.repeat(200),
];

/** What is a rule, and made to cost as much as it can. */
const RULES = [
  'FREQ=MINUTELY',
  'FREQ=MINUTELY;COUNT=99999',
  'FREQ=MINUTELY;COUNT=99999;BYMONTH=2;BYMONTHDAY=29',
  'FREQ=MINUTELY;INTERVAL=2;BYMINUTE=1;COUNT=99999',
  'FREQ=MINUTELY;INTERVAL=7;BYHOUR=3;BYMINUTE=5;COUNT=99999',
  'FREQ=MINUTELY;INTERVAL=1439;COUNT=99999;BYDAY=MO',
  'FREQ=MINUTELY;INTERVAL=99999;COUNT=99999',
  `FREQ=MINUTELY;INTERVAL=1441;COUNT=99999;${S}`,
  `FREQ=MINUTELY;${S};BYSETPOS=${list(-60, -1)}`,
  `FREQ=MINUTELY;${S};BYSETPOS=366;COUNT=99999`,
  'FREQ=HOURLY;INTERVAL=2;BYHOUR=10',
  'FREQ=HOURLY;INTERVAL=24;BYHOUR=10;COUNT=99999',
  'FREQ=HOURLY;COUNT=99999;BYMONTH=2;BYMONTHDAY=29',
  `FREQ=HOURLY;BYYEARDAY=${list(1, 100)};COUNT=99999`,
  `FREQ=HOURLY;${M};${S};COUNT=99999;BYMONTH=2;BYMONTHDAY=29`,
  'FREQ=DAILY;INTERVAL=99999',
  'FREQ=DAILY;COUNT=99999',
  'FREQ=DAILY;COUNT=99999;BYMONTH=1;BYMONTHDAY=-31;BYDAY=MO',
  `FREQ=DAILY;${H};${M};${S}`,
  `FREQ=DAILY;${H};${M};${S};COUNT=99999`,
  `FREQ=DAILY;${H};${M};${S};BYSETPOS=1`,
  `FREQ=WEEKLY;${D};COUNT=99999`,
  `FREQ=WEEKLY;${D};BYMONTH=2;COUNT=99999`,
  `FREQ=WEEKLY;${D};${H};${M};BYSETPOS=${list(1, 60)}`,
  'FREQ=WEEKLY;BYDAY=MO;BYSETPOS=366;COUNT=99999',
  'FREQ=WEEKLY;INTERVAL=99999;COUNT=99999',
  `FREQ=MONTHLY;BYMONTHDAY=${list(1, 31)};COUNT=99999`,
  'FREQ=MONTHLY;BYDAY=5MO;BYMONTHDAY=1;COUNT=99999',
  `FREQ=MONTHLY;${D};${H};${M};BYSETPOS=-366;COUNT=99999`,
  `FREQ=YEARLY;${D};COUNT=99999`,
  `FREQ=YEARLY;BYYEARDAY=${list(1, 110)};COUNT=99999`,
  `FREQ=YEARLY;BYWEEKNO=${list(1, 53)};COUNT=99999`,
  'FREQ=YEARLY;BYWEEKNO=53;BYMONTH=6;COUNT=99999',
  'FREQ=YEARLY;BYWEEKNO=-53;BYYEARDAY=200;COUNT=99999',
  `FREQ=YEARLY;${D};${H};${M};${S}`.slice(0, 500),
  `FREQ=YEARLY;${D};${H};${M};BYSETPOS=${list(1, 30)};COUNT=99999`,
  `FREQ=YEARLY;BYDAY=${list(1, 53).replaceAll(',', 'MO,')}MO;COUNT=99999`,
  'FREQ=YEARLY;INTERVAL=99999;COUNT=99999',
];

const WINDOWS = [
  ['1970-01-01', '2100-01-01'],
  ['2099-11-01', '2100-01-01'],
  ['2026-03-08T07:00Z', '2026-03-08T07:01Z'],
] as const;

describe(`hostile input, ${NO_RULES.length + RULES.length} kinds of it,`, () => {
  it.each(NO_RULES)('is refused if it is no rule, and told where: %.40j', (text) => {
    expect(() => parseRule(text)).toThrow(RuleNotUnderstood);
  });

  it.each(RULES)('is answered or refused within its steps: %.60s', (text) => {
    const rule = parseRule(text);
    const series = { startAt: new Date('1970-01-01T00:00Z'), timezone: 'America/New_York' };
    for (const [from, until] of WINDOWS) {
      const budget = new Budget();
      try {
        const work = expansion(rule, series, { from: new Date(from), until: new Date(until) }, { budget });
        expect(atOnce(work).length).toBeLessThanOrEqual(10_000);
      } catch (error) {
        expect(error).toBeInstanceOf(RuleTooExpensive);
        expect(error).toHaveProperty('facts.per', 'starts');
      }
      expect(budget.spent).toBeLessThan(MAX_STEPS);
    }
  });
});
