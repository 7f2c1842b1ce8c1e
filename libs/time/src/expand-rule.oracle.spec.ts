import * as fc from 'fast-check';
import { RRuleTemporal } from 'rrule-temporal';
import { expandRule } from './expand-rule.ts';
import { parseRule } from './parse-rule.ts';
import { wallToUtc } from './zones.ts';

const day = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
const some = (values: readonly (string | number)[]) =>
  fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 4 });
const optional = (name: string, values: readonly (string | number)[]) =>
  fc.option(some(values)).map((given) => (given ? `;${name}=${given.join(',')}` : ''));

const end = fc.oneof(
  fc.constant(''),
  fc.integer({ min: 1, max: 40 }).map((count) => `;COUNT=${count}`),
  fc.constantFrom(';UNTIL=20260401T120000Z', ';UNTIL=20261101T150000Z'),
);
const interval = fc.integer({ min: 1, max: 4 }).map((n) => `;INTERVAL=${n}`);
// The hours of the day alone: rrule-temporal drops starts in a gap, and every zone here changes its clocks at night.
const hours = optional('BYHOUR', [8, 11, 15, 21]);
const months = optional('BYMONTH', [1, 3, 4, 6, 10, 11, 12]);

const daily = fc
  .tuple(interval, end, months, optional('BYDAY', day), hours)
  .map((parts) => `FREQ=DAILY${parts.join('')}`);
const weekly = fc
  .tuple(
    interval,
    end,
    fc.constantFrom(...day).map((wkst) => `;WKST=${wkst}`),
    optional('BYDAY', day),
    hours,
  )
  .map((parts) => `FREQ=WEEKLY${parts.join('')}`);
const monthly = fc
  .tuple(
    interval,
    end,
    fc.oneof(
      optional('BYMONTHDAY', [1, 13, 28, 29, 30, 31, -1, -2, -31]),
      optional('BYDAY', ['1MO', '-1FR', '5SU', '2TU', '-5WE']),
    ),
    hours,
  )
  .map((parts) => `FREQ=MONTHLY${parts.join('')}`);

const series = fc.record({
  timezone: fc.constantFrom(
    'Europe/Kyiv',
    'America/New_York',
    'Europe/London',
    'Australia/Lord_Howe',
    'Asia/Kolkata',
    'UTC',
  ),
  dayOfYear: fc.nat(364),
  hour: fc.integer({ min: 8, max: 21 }),
});

describe('the starts of a rule', () => {
  it('are those that rrule-temporal finds, for daily, weekly and monthly rules by day', () => {
    fc.assert(
      fc.property(fc.oneof(daily, weekly, monthly), series, (text, { timezone, dayOfYear, hour }) => {
        const local = new Date(Date.UTC(2026, 0, 1 + dayOfYear, hour, 30));
        const startAt = wallToUtc(local, timezone);
        const until = new Date(startAt.getTime() + 400 * 864e5);
        const stamp = local.toISOString().replaceAll(/[-:]|\.000Z/g, '');
        const theirs = new RRuleTemporal({ rruleString: `DTSTART;TZID=${timezone}:${stamp}\nRRULE:${text}` });
        const expected = theirs.between(startAt, until, true).map((at) => new Date(at.epochMilliseconds));
        const ours = expandRule(parseRule(text), { startAt, timezone }, { from: startAt, until });
        expect(ours).toEqual(expected.filter((at) => at < until));
      }),
      { seed: 5545, numRuns: 400 },
    );
  });
});
