import { expandRule } from './expand-rule.ts';
import { parseRule } from './parse-rule.ts';
import { RuleTooExpensive, TimeNotSupported } from './time.errors.ts';
import { localIso } from './zones.ts';

const expand = (rule: string, [startAt, timezone]: [string, string], [from, until]: [string, string]) =>
  expandRule(
    parseRule(rule),
    { startAt: new Date(startAt), timezone },
    { from: new Date(from), until: new Date(until) },
  );
const utc = (starts: Date[]) => starts.map((at) => at.toISOString().slice(0, 16));

describe('a tutor in Kyiv who teaches at 16:00', () => {
  it.each([
    ['summer', '2026-03-27', '2026-03-31', ['14:00', '14:00', '13:00', '13:00']],
    ['winter', '2026-10-23', '2026-10-27', ['13:00', '13:00', '14:00', '14:00']],
  ])('still teaches at 16:00 when %s time begins', (_season, from, until, hours) => {
    const starts = expand('FREQ=DAILY', ['2026-01-05T14:00Z', 'Europe/Kyiv'], [from, until]);
    expect(starts.map((at) => localIso(at, 'Europe/Kyiv').slice(11, 16))).toEqual(hours.map(() => '16:00'));
    expect(starts.map((at) => at.toISOString().slice(11, 16))).toEqual(hours);
  });

  it('teaches on Mondays and Wednesdays at 16:00 all year', () => {
    const starts = expand(
      'FREQ=WEEKLY;BYDAY=MO,WE',
      ['2026-01-05T14:00Z', 'Europe/Kyiv'],
      ['2026-01-01', '2027-01-01'],
    );
    expect(starts).toHaveLength(104);
    expect(new Set(starts.map((at) => localIso(at, 'Europe/Kyiv').slice(11, 19)))).toEqual(new Set(['16:00:00']));
  });
});

describe('a start at a change of the clocks', () => {
  const newYork = (local: string): [string, string] => [local, 'America/New_York'];

  it('takes the offset before a gap, and counts', () => {
    expect(utc(expand('FREQ=DAILY;COUNT=3', newYork('2026-03-07T02:30-05:00'), ['2026-03-01', '2026-04-01']))).toEqual([
      '2026-03-07T07:30',
      '2026-03-08T07:30',
      '2026-03-09T06:30',
    ]);
  });

  it('comes once where a start in the gap falls on the next one, though both count', () => {
    const rule = 'FREQ=DAILY;BYHOUR=2,3;COUNT=4';
    expect(utc(expand(rule, newYork('2026-03-08T00:00-05:00'), ['2026-03-01', '2026-04-01']))).toEqual([
      '2026-03-08T07:00',
      '2026-03-09T06:00',
      '2026-03-09T07:00',
    ]);
  });

  it('comes in order where a start in the gap falls after the next one', () => {
    // 02:30 and 03:00 on the wall clock.
    const rule = 'FREQ=DAILY;BYHOUR=3,2;BYMINUTE=30,0;BYSETPOS=2,3';
    expect(utc(expand(rule, newYork('2026-03-08T00:00-05:00'), ['2026-03-08', '2026-03-09']))).toEqual([
      '2026-03-08T07:00',
      '2026-03-08T07:30',
    ]);
  });

  it('is the first of a repeated hour', () => {
    expect(utc(expand('FREQ=DAILY;COUNT=2', newYork('2026-11-01T01:30-04:00'), ['2026-10-01', '2026-12-01']))).toEqual([
      '2026-11-01T05:30',
      '2026-11-02T06:30',
    ]);
  });

  it('is none, and does not count, before a series that begins in the second turn of a repeated hour', () => {
    const rule = 'FREQ=MINUTELY;INTERVAL=15;COUNT=2';
    expect(utc(expand(rule, newYork('2026-11-01T01:30-05:00'), ['2026-10-01', '2026-12-01']))).toEqual([
      '2026-11-01T07:00',
      '2026-11-01T07:15',
    ]);
  });

  it('steps on the wall clock for HOURLY and MINUTELY', () => {
    const local = (rule: string) =>
      expand(rule, newYork('2026-03-08T00:00-05:00'), ['2026-03-08T05:00Z', '2026-03-08T11:00Z']).map((at) =>
        localIso(at, 'America/New_York').slice(11, 16),
      );
    expect(local('FREQ=HOURLY;INTERVAL=2')).toEqual(['00:00', '03:00', '04:00', '06:00']);
    expect(local('FREQ=MINUTELY;INTERVAL=120')).toEqual(['00:00', '03:00', '04:00', '06:00']);
  });

  it.each([
    ['2026-11-01T06:29:59Z', ['2026-11-01T05:30']],
    ['2026-11-01T05:29:59Z', []],
    ['2026-11-01T05:30:00Z', ['2026-11-01T05:30']],
  ])('is measured against UNTIL as an instant: %s', (until, starts) => {
    const rule = `FREQ=DAILY;UNTIL=${until.replaceAll(/[-:]/g, '')}`;
    expect(utc(expand(rule, newYork('2026-11-01T01:30-04:00'), ['2026-10-01', '2026-12-01']))).toEqual(starts);
  });
});

describe('the starts of a rule', () => {
  it.each([
    [
      'skip the 31st of short months, uncounted',
      'FREQ=MONTHLY;COUNT=4',
      '2026-01-31T09:00Z',
      ['01-31', '03-31', '05-31', '07-31'],
    ],
    ['skip 29 February in common years', 'FREQ=YEARLY;COUNT=2', '2024-02-29T09:00Z', ['02-29', '02-29']],
    [
      'begin with the first match where start_at is none',
      'FREQ=WEEKLY;BYDAY=MO;COUNT=2',
      '2026-03-04T09:00Z',
      ['03-09', '03-16'],
    ],
    [
      'come in every month for YEARLY;BYMONTHDAY',
      'FREQ=YEARLY;BYMONTHDAY=15;COUNT=3',
      '2026-01-01T09:00Z',
      ['01-15', '02-15', '03-15'],
    ],
    [
      'come on all seven days for BYWEEKNO',
      'FREQ=YEARLY;BYWEEKNO=10;COUNT=7',
      '2026-01-01T09:00Z',
      ['03-02', '03-03', '03-04', '03-05', '03-06', '03-07', '03-08'],
    ],
    [
      'count weekdays from the end of a month',
      'FREQ=MONTHLY;BYDAY=-1FR;BYMONTHDAY=31;COUNT=2',
      '2026-01-01T09:00Z',
      ['07-31', '12-31'],
    ],
    [
      'count days from the end of a year',
      'FREQ=HOURLY;BYYEARDAY=-1,1;BYHOUR=9;COUNT=3',
      '2026-01-01T09:00Z',
      ['01-01', '12-31', '01-01'],
    ],
  ])('%s', (_promise, rule, startAt, expected) => {
    const starts = expand(rule, [startAt, 'UTC'], ['2020-01-01', '2030-01-01']);
    expect(starts.map((at) => at.toISOString().slice(5, 10))).toEqual(expected);
  });

  it('are those of the half-open window', () => {
    const series: [string, string] = ['2026-03-02T09:00Z', 'UTC'];
    expect(utc(expand('FREQ=DAILY', series, ['2026-03-03T09:00Z', '2026-03-05T09:00Z']))).toEqual([
      '2026-03-03T09:00',
      '2026-03-04T09:00',
    ]);
    expect(expand('FREQ=DAILY', series, ['2026-03-05', '2026-03-05'])).toEqual([]);
    expect(expand('FREQ=DAILY', series, ['2026-03-05', '2026-03-04'])).toEqual([]);
    expect(expand('FREQ=DAILY', series, ['2026-01-05', '2026-02-04'])).toEqual([]);
  });

  it('are found where COUNT ended long before the window', () => {
    expect(expand('FREQ=MINUTELY;COUNT=10', ['1970-01-01T00:00Z', 'UTC'], ['2026-01-01', '2026-02-01'])).toEqual([]);
  });

  it.each(['1969-12-31T23:59Z', '2100-01-01T00:00Z', 'nonsense'])('are not worked out for %s', (at) => {
    const inside: [string, string] = ['2026-01-01', '2026-02-01'];
    expect(() => expand('FREQ=DAILY', [at, 'UTC'], inside)).toThrow(TimeNotSupported);
    expect(() => expand('FREQ=DAILY', ['2026-01-01', 'UTC'], ['2026-01-01', at])).toThrow(TimeNotSupported);
  });
});

describe('a rule that could take for ever', () => {
  const every = (n: number) => Array.from({ length: n }, (_, i) => i).join(',');

  it.each([
    ['FREQ=HOURLY;INTERVAL=2;BYHOUR=10', '2026-01-01T09:00Z'],
    ['FREQ=MINUTELY;INTERVAL=2;BYMINUTE=1', '2026-01-01T09:00Z'],
    ['FREQ=HOURLY;INTERVAL=24;BYHOUR=10', '2026-01-01T09:00Z'],
    ['FREQ=HOURLY;INTERVAL=99999;BYHOUR=10', '1970-01-01T09:00Z'],
    ['FREQ=YEARLY;BYWEEKNO=53;BYMONTH=6', '1970-01-01T09:00Z'],
    ['FREQ=YEARLY;BYYEARDAY=1;BYMONTH=6', '1970-01-01T09:00Z'],
    ['FREQ=YEARLY;BYMONTH=2', '2026-01-30T09:00Z'],
    ['FREQ=MONTHLY;BYDAY=5MO;BYMONTHDAY=1', '1970-01-01T09:00Z'],
    ['FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=31', '2026-02-01T09:00Z'],
    ['FREQ=MONTHLY;INTERVAL=12;BYMONTH=3', '2026-02-01T09:00Z'],
    ['FREQ=DAILY;BYMONTHDAY=31;BYMONTH=1;BYDAY=MO;BYSETPOS=2', '1970-01-01T09:00Z'],
    ['FREQ=MINUTELY;BYHOUR=9;BYMINUTE=0;BYSETPOS=2', '1970-01-01T09:00Z'],
  ])('is answered with no starts: %s', (rule, startAt) => {
    expect(expand(rule, [startAt, 'UTC'], ['2026-03-01', '2026-05-01'])).toEqual([]);
  });

  it.each([
    ['FREQ=MINUTELY', '2026-01-01T09:00Z'],
    ['FREQ=MINUTELY;COUNT=99999;BYMONTH=2;BYMONTHDAY=29', '1970-01-01T09:00Z'],
    ['FREQ=HOURLY;COUNT=99999;BYMONTH=2;BYMONTHDAY=29', '1970-01-01T09:00Z'],
    [`FREQ=MINUTELY;BYSECOND=${every(60)}`, '1970-01-01T09:00Z'],
    [`FREQ=DAILY;BYHOUR=${every(24)};BYMINUTE=${every(60)};BYSECOND=${every(60)}`, '1970-01-01T09:00Z'],
    [`FREQ=MONTHLY;BYMONTHDAY=1;BYHOUR=${every(24)};BYMINUTE=${every(60)};BYSECOND=${every(60)}`, '1970-01-01T09:00Z'],
    [`FREQ=YEARLY;BYDAY=MO,TU,WE;BYHOUR=${every(24)};BYMINUTE=${every(60)};BYSETPOS=1`, '1970-01-01T09:00Z'],
    [`FREQ=WEEKLY;COUNT=99999;BYMONTH=2;BYHOUR=${every(24)};BYMINUTE=${every(60)}`, '1970-01-01T09:00Z'],
  ])('is refused for its cost: %.60s', (rule, startAt) => {
    expect(() => expand(rule, [startAt, 'UTC'], ['2026-03-01', '2026-05-01'])).toThrow(RuleTooExpensive);
  });

  it('is worked out at once from 1970 where it costs little', () => {
    const daily = expand('FREQ=DAILY', ['1970-01-01T09:00Z', 'Europe/Kyiv'], ['2026-03-01', '2026-04-26']);
    const monthly = expand(
      `FREQ=MONTHLY;BYMONTHDAY=1;BYHOUR=${every(24)};BYMINUTE=${every(60)}`,
      ['1970-01-01T09:00Z', 'UTC'],
      ['2026-03-01', '2026-04-26'],
    );
    expect([daily.length, monthly.length]).toEqual([56, 2880]);
  });
});
