import * as fc from 'fast-check';
import type { Series } from './expand-rule.ts';
import { expandRule } from './expand-rule.ts';
import { parseRule } from './parse-rule.ts';
import { utcToWall, wallToUtc } from './zones.ts';

const MINUTE = 60_000;
const zone = fc.constantFrom(
  'UTC',
  'Europe/Kyiv',
  'America/New_York',
  'Australia/Lord_Howe',
  'Antarctica/Troll',
  'Asia/Kolkata',
);
/** Whole minutes of 2026 and 2027, and now and then one within a day of a change. */
const minute = fc.oneof(
  fc.nat(2 * 365 * 1440).map((n) => new Date(Date.parse('2026-01-01') + n * MINUTE)),
  fc
    .tuple(fc.constantFrom('2026-03-08', '2026-03-29', '2026-10-04', '2026-10-25', '2026-11-01'), fc.nat(2880))
    .map(([day, n]) => new Date(Date.parse(day) + (n - 720) * MINUTE)),
);
const list = (values: readonly (string | number)[]) =>
  fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 4 });
const days = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

/** The BY lists of a rule, of the kinds that go with any frequency. */
const lists = fc.record(
  {
    BYMONTH: list([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]),
    BYDAY: list(days),
    BYHOUR: list([0, 1, 2, 3, 4, 9, 14, 23]),
    BYMINUTE: list([0, 15, 30, 45]),
  },
  { requiredKeys: [] },
);
type Lists = Record<string, readonly (string | number)[] | undefined>;

const fixed = fc
  .tuple(
    fc.constantFrom(
      'YEARLY',
      'MONTHLY',
      'WEEKLY',
      'DAILY',
      'HOURLY',
      'MINUTELY;INTERVAL=30',
      'WEEKLY;INTERVAL=2',
      'DAILY;INTERVAL=3',
      'MONTHLY;INTERVAL=5',
    ),
    fc.constantFrom('', ';COUNT=7', ';UNTIL=20270301T123000Z'),
    fc.constantFrom('', ';BYSETPOS=1', ';BYSETPOS=-1,2'),
  )
  .map(([frequency, end, positions]) => ({ head: `FREQ=${frequency}${end}`, positions }));

const written = ({ head, positions }: { head: string; positions: string }, by: Lists) => {
  const given = Object.entries(by).flatMap(([name, values]) => (values ? [`;${name}=${values.join(',')}`] : []));
  return head + given.join('') + (given.length > 0 ? positions : '');
};
const rule = fc.tuple(fixed, lists).map(([head, by]) => written(head, by));
const series = fc.record({ startAt: minute, timezone: zone });
/** Windows of at most 90 days, cut twice: four instants in order. */
const window = fc
  .tuple(minute, fc.nat(30 * 1440), fc.nat(30 * 1440), fc.nat(30 * 1440))
  .map(([from, a, b, c]) => [0, a, a + b, a + b + c].map((n) => new Date(from.getTime() + n * MINUTE)) as Four);
type Four = [Date, Date, Date, Date];

describe('the starts of any rule', () => {
  it('are sorted and distinct, within the window, and none before the series', () => {
    fc.assert(
      fc.property(rule, series, window, (text, of, [from, , , until]) => {
        const starts = expandRule(parseRule(text), of, { from, until });
        expect(starts).toEqual([...new Set(starts.map(Number))].toSorted((x, y) => x - y).map((at) => new Date(at)));
        expect(starts.filter((at) => at < from || at >= until || at < of.startAt)).toEqual([]);
      }),
    );
  });

  it('are the same from a window and from any windows that it is cut into', () => {
    fc.assert(
      fc.property(rule, series, window, (text, of, [from, first, second, until]) => {
        const expand = (from: Date, until: Date) => expandRule(parseRule(text), of, { from, until });
        expect([...expand(from, first), ...expand(first, second), ...expand(second, until)]).toEqual(
          expand(from, until),
        );
      }),
    );
  });

  it('belong to it wherever the window lies', () => {
    fc.assert(
      fc.property(rule, series, window, (text, of, [from, first, second, until]) => {
        const expand = (from: Date, until: Date) => expandRule(parseRule(text), of, { from, until });
        const shared = (starts: Date[]) => starts.filter((at) => at >= first && at < second);
        expect(shared(expand(from, second))).toEqual(shared(expand(first, until)));
      }),
    );
  });

  it('are the same where the beginning is given as the wall time that it reads, but for the second turn of an hour', () => {
    fc.assert(
      fc.property(rule, series, window, (text, of, [from, , , until]) => {
        const startWall = utcToWall(of.startAt, of.timezone);
        fc.pre(wallToUtc(startWall, of.timezone).getTime() === of.startAt.getTime());
        const expand = (of: Series) => expandRule(parseRule(text), of, { from, until });
        expect(expand({ ...of, startAt: new Date(0), startWall })).toEqual(expand(of));
      }),
    );
  });

  it('do not depend on the order and repetition of its lists', () => {
    fc.assert(
      fc.property(fixed, lists, series, fc.infiniteStream(fc.nat(3)), (head, by, of, luck) => {
        const shuffled: Lists = {};
        for (const [name, values] of Object.entries(by).toReversed()) {
          const turn = luck.next().value ?? 0;
          shuffled[name] = [...values.slice(turn), ...values.toReversed(), ...values.slice(0, turn)];
        }
        const window = { from: of.startAt, until: new Date(of.startAt.getTime() + 60 * 1440 * MINUTE) };
        const expand = (by: Lists) => expandRule(parseRule(written(head, by)), of, window);
        expect(expand(shuffled)).toEqual(expand(by));
      }),
    );
  });

  it('keep the local time of the series over every change of the clocks, but for those in a gap', () => {
    const byDays = fc.constantFrom(
      'FREQ=DAILY',
      'FREQ=DAILY;INTERVAL=3',
      'FREQ=WEEKLY;BYDAY=SU,MO',
      'FREQ=MONTHLY;BYDAY=-1SU,2SU,1SU',
    );
    fc.assert(
      fc.property(byDays, series, (text, of) => {
        const timeOfDay = utcToWall(of.startAt, of.timezone).getTime() % (1440 * MINUTE);
        const until = new Date(of.startAt.getTime() + 300 * 1440 * MINUTE);
        for (const at of expandRule(parseRule(text), of, { from: of.startAt, until })) {
          const wall = utcToWall(at, of.timezone).getTime();
          const meant = new Date(wall - (wall % (1440 * MINUTE)) + timeOfDay);
          expect(at).toEqual(wallToUtc(meant, of.timezone));
        }
      }),
    );
  });

  it('are its floating starts less the offset in a zone without changes', () => {
    fc.assert(
      fc.property(rule, minute, (text, startAt) => {
        const offset = 330 * MINUTE;
        const unending = text.replace(/;UNTIL=\w+/, '');
        const until = new Date(startAt.getTime() + 90 * 1440 * MINUTE);
        const later = (at: Date) => new Date(at.getTime() + offset);
        const kolkata = expandRule(
          parseRule(unending),
          { startAt, timezone: 'Asia/Kolkata' },
          { from: startAt, until },
        );
        const floating = expandRule(
          parseRule(unending),
          { startAt: later(startAt), timezone: 'UTC' },
          { from: later(startAt), until: later(until) },
        );
        expect(kolkata.map(later)).toEqual(floating);
      }),
    );
  });
});
