import { Budget } from './budget.ts';
import { expandRule, expandRuleInTurns, expansion } from './expand-rule.ts';
import { parseRule } from './parse-rule.ts';
import { RuleTooExpensive } from './time.errors.ts';

const every = (n: number) => Array.from({ length: n }, (_, i) => i).join(',');
const HOURS = `BYHOUR=${every(24)}`;
const MINUTES = `BYMINUTE=${every(60)}`;
const SECONDS = `BYSECOND=${every(60)}`;
const DAYS = 'BYDAY=MO,TU,WE,TH,FR,SA,SU';

const series = (startAt: string) => ({ startAt: new Date(startAt), timezone: 'UTC' });
const window = (from: string, until: string) => ({ from: new Date(from), until: new Date(until) });
const SPRING = window('2026-03-01', '2026-05-01');

describe('a rule that could take for ever', () => {
  it.each([
    ['FREQ=HOURLY;INTERVAL=2;BYHOUR=10', '2026-01-01T09:00Z'],
    ['FREQ=MINUTELY;INTERVAL=2;BYMINUTE=1', '2026-01-01T09:00Z'],
    ['FREQ=MINUTELY;INTERVAL=2;BYMINUTE=1;COUNT=99999', '1970-01-01T09:00Z'],
    ['FREQ=HOURLY;INTERVAL=24;BYHOUR=10', '2026-01-01T09:00Z'],
    ['FREQ=HOURLY;INTERVAL=24;BYHOUR=10;COUNT=1', '1970-01-01T09:00Z'],
    ['FREQ=HOURLY;INTERVAL=99999;BYHOUR=10', '1970-01-01T09:00Z'],
    ['FREQ=MINUTELY;INTERVAL=99999;BYSECOND=30;BYHOUR=3;BYMINUTE=7', '1970-01-01T09:00Z'],
    ['FREQ=YEARLY;BYWEEKNO=53;BYMONTH=6', '1970-01-01T09:00Z'],
    ['FREQ=YEARLY;BYYEARDAY=1;BYMONTH=6', '1970-01-01T09:00Z'],
    ['FREQ=YEARLY;BYMONTH=2', '2026-01-30T09:00Z'],
    ['FREQ=MONTHLY;BYDAY=5MO;BYMONTHDAY=1', '1970-01-01T09:00Z'],
    ['FREQ=MONTHLY;BYDAY=5MO;BYMONTHDAY=1;COUNT=1', '1970-01-01T09:00Z'],
    ['FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=31', '2026-02-01T09:00Z'],
    ['FREQ=MONTHLY;INTERVAL=12;BYMONTH=3', '2026-02-01T09:00Z'],
    ['FREQ=DAILY;BYMONTHDAY=31;BYMONTH=1;BYDAY=MO;BYSETPOS=2', '1970-01-01T09:00Z'],
    ['FREQ=MINUTELY;BYHOUR=9;BYMINUTE=0;BYSETPOS=2', '1970-01-01T09:00Z'],
    ['FREQ=MINUTELY;COUNT=99999;BYMONTH=2;BYMONTHDAY=29', '1970-01-01T09:00Z'],
    ['FREQ=HOURLY;COUNT=99999;BYMONTH=2;BYMONTHDAY=29', '1970-01-01T09:00Z'],
    [`FREQ=WEEKLY;COUNT=99999;BYMONTH=2;${HOURS};${MINUTES}`, '1970-01-01T09:00Z'],
    [`FREQ=YEARLY;BYDAY=MO,TU,WE;${HOURS};${MINUTES};BYSETPOS=1`, '1970-01-01T09:00Z'],
    ['FREQ=WEEKLY;INTERVAL=99999', '1970-01-01T09:00Z'],
    ['FREQ=MONTHLY;INTERVAL=99999', '1970-01-01T09:00Z'],
  ])('is answered with no starts: %.60s', (rule, startAt) => {
    expect(expandRule(parseRule(rule), series(startAt), SPRING)).toEqual([]);
  });

  it.each([
    ['FREQ=DAILY', 'Europe/Kyiv', 61],
    ['FREQ=DAILY;COUNT=99999', 'Europe/Kyiv', 61],
    ['FREQ=HOURLY;COUNT=99999;BYHOUR=9,10', 'Europe/Kyiv', 122],
    ['FREQ=MINUTELY;INTERVAL=1439;COUNT=99999', 'America/New_York', 61],
    [`FREQ=MONTHLY;BYMONTHDAY=1;${HOURS};${MINUTES}`, 'UTC', 2880],
    [`FREQ=YEARLY;${DAYS};${HOURS};${MINUTES};BYMONTH=3,4;BYSETPOS=-1,-2`, 'UTC', 2],
    [`FREQ=YEARLY;${DAYS};BYYEARDAY=${every(100).slice(2)}`, 'UTC', 40],
  ])('is answered from 1970 on: %.60s', (rule, timezone, count) => {
    const of = { startAt: new Date('1970-01-01T09:00Z'), timezone };
    expect(expandRule(parseRule(rule), of, SPRING)).toHaveLength(count);
  });

  it.each([
    'FREQ=MINUTELY',
    `FREQ=MINUTELY;${SECONDS}`,
    `FREQ=DAILY;${HOURS};${MINUTES};${SECONDS}`,
    `FREQ=MONTHLY;BYMONTHDAY=1;${HOURS};${MINUTES};${SECONDS}`,
  ])('is refused for its starts, not for its past: %.60s', (rule) => {
    expect(() => expandRule(parseRule(rule), series('1970-01-01T09:00Z'), SPRING)).toThrow(
      expect.objectContaining({ code: 'rule_too_expensive', facts: expect.objectContaining({ per: 'starts' }) }),
    );
    const minute = window('2026-04-01T09:00Z', '2026-04-01T09:01Z');
    expect(expandRule(parseRule(rule), series('1970-01-01T09:00Z'), minute).length).toBeLessThanOrEqual(60);
  });

  it('may give as many starts as its caller says', () => {
    const daily = (maxStarts: number) => () =>
      expandRule(parseRule('FREQ=DAILY'), series('2026-03-01T09:00Z'), SPRING, { maxStarts });
    expect(daily(61)()).toHaveLength(61);
    expect(daily(60)).toThrow(RuleTooExpensive);
  });
});

describe('a budget', () => {
  it('bounds expansions together that share it', () => {
    const budget = new Budget(100);
    const day = () => expandRule(parseRule('FREQ=DAILY;COUNT=30'), series('2026-03-01T09:00Z'), SPRING, { budget });
    expect(day()).toHaveLength(30);
    expect(day).toThrow(
      expect.objectContaining({
        code: 'rule_too_expensive',
        facts: { field: 'rrule_string', limit: 100, per: 'steps' },
      }),
    );
  });
});

describe('an expansion in turns', () => {
  const costly = `FREQ=YEARLY;${DAYS};BYHOUR=9,10;COUNT=99999`;
  const LATE = window('2099-01-01', '2099-02-01');

  it('answers what the same at once does', async () => {
    for (const rule of [costly, 'FREQ=WEEKLY;BYDAY=MO', 'FREQ=MINUTELY;COUNT=10']) {
      const of = series('1970-01-01T09:00Z');
      expect(await expandRuleInTurns(parseRule(rule), of, LATE)).toEqual(expandRule(parseRule(rule), of, LATE));
    }
  });

  it('refuses what the same at once does', async () => {
    const starts = expandRuleInTurns(parseRule('FREQ=MINUTELY'), series('2026-01-01'), SPRING);
    await expect(starts).rejects.toThrow(RuleTooExpensive);
  });

  it('lets others have their turn', async () => {
    let others = 0;
    let isOver = false;
    const other = () => {
      others += 1;
      if (!isOver) setImmediate(other);
    };
    setImmediate(other);
    await expandRuleInTurns(parseRule(costly), series('1970-01-01T09:00Z'), LATE);
    isOver = true;
    expect(others).toBeGreaterThan(5);
  });

  it('takes few steps in each', () => {
    const budget = new Budget();
    const turns = expansion(parseRule(costly), series('1970-01-01T09:00Z'), LATE, { budget });
    const steps = [0];
    while (!turns.next().done) steps.push(budget.spent);
    const longest = Math.max(...steps.slice(1).map((spent, i) => spent - steps[i]!));
    expect(steps.length).toBeGreaterThan(5);
    expect(longest).toBeLessThan(40_000);
  });
});
