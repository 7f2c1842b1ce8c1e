import { expandRule } from './expand-rule.ts';
import { parseRule } from './parse-rule.ts';
import { TimeNotSupported } from './time.errors.ts';
import { wallTime } from './wall-time.ts';
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

  it.each([
    ['number weeks from WKST', 'FREQ=YEARLY;BYWEEKNO=20;WKST=SU;BYDAY=SU;COUNT=2', ['2000-05-14', '2001-05-13']],
    [
      'come in no other month than BYMONTH, though a week lies in two',
      'FREQ=WEEKLY;BYMONTH=2,4;BYDAY=MO,FR;COUNT=4',
      ['2000-02-04', '2000-02-07', '2000-02-11', '2000-02-14'],
    ],
    ['skip whole months', 'FREQ=MONTHLY;BYMONTH=4;BYDAY=1MO;COUNT=2', ['2000-04-03', '2001-04-02']],
    ['are none where BYSETPOS lies before the set', 'FREQ=DAILY;BYHOUR=9,10;BYSETPOS=-3', []],
  ])('%s', (_promise, rule, expected) => {
    const starts = expand(rule, ['2000-01-01T09:00Z', 'UTC'], ['2000-01-01', '2012-01-01']);
    expect(starts.map((at) => at.toISOString().slice(0, 10))).toEqual(expected);
  });

  it.each([
    ['FREQ=HOURLY;INTERVAL=5;COUNT=7', ['09', '14', '19', '00', '05', '10', '15'].map((hour) => `${hour}:00`)],
    ['FREQ=HOURLY;BYMINUTE=0,20,40;BYSETPOS=-1,2;COUNT=3', ['09:20', '09:40', '10:20']],
    ['FREQ=MINUTELY;INTERVAL=500;COUNT=4', ['09:00', '17:20', '01:40', '10:00']],
  ])('count hours and minutes on from day to day: %s', (rule, times) => {
    const starts = expand(rule, ['2000-01-01T09:00Z', 'UTC'], ['2000-01-01', '2012-01-01']);
    expect(starts.map((at) => at.toISOString().slice(11, 16))).toEqual(times);
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

  it.each(['1969-12-31T23:59Z', '2100-01-01T00:00:01Z', 'nonsense'])('are not worked out for %s', (at) => {
    const inside: [string, string] = ['2026-01-01', '2026-02-01'];
    expect(() => expand('FREQ=DAILY', [at, 'UTC'], inside)).toThrow(TimeNotSupported);
    expect(() => expand('FREQ=YEARLY', ['2026-01-01', 'UTC'], ['2026-01-01', at])).toThrow(TimeNotSupported);
    expect(() => expand('FREQ=YEARLY', ['2026-01-01', 'UTC'], [at, '2100-01-01'])).toThrow(TimeNotSupported);
  });

  it('are worked out from the first hour of 1970 to the last of 2099', () => {
    expect(utc(expand('FREQ=YEARLY;INTERVAL=129', ['1970-01-01', 'UTC'], ['1970-01-01', '2100-01-01']))).toEqual([
      '1970-01-01T00:00',
      '2099-01-01T00:00',
    ]);
    const lastHours = expand('FREQ=HOURLY', ['1970-01-01', 'Asia/Tokyo'], ['2099-12-31T22:00Z', '2100-01-01']);
    expect(utc(lastHours)).toEqual(['2099-12-31T22:00', '2099-12-31T23:00']);
  });
});

describe('a series whose beginning is given as a wall time', () => {
  const expandFrom = (local: string, rule: string, [from, until]: [string, string], timezone = 'America/New_York') =>
    expandRule(
      parseRule(rule),
      { startAt: new Date('2090-01-01'), startWall: wallTime(local), timezone },
      { from: new Date(from), until: new Date(until) },
    );

  it('keeps that time of day where it begins in a gap, and itself takes the offset from before it', () => {
    expect(utc(expandFrom('2026-03-08T02:30', 'FREQ=DAILY;COUNT=3', ['2026-03-01', '2026-04-01']))).toEqual([
      '2026-03-08T07:30',
      '2026-03-09T06:30',
      '2026-03-10T06:30',
    ]);
  });

  it('begins with the first of a repeated hour', () => {
    expect(utc(expandFrom('2026-11-01T01:30', 'FREQ=DAILY;COUNT=2', ['2026-10-01', '2026-12-01']))).toEqual([
      '2026-11-01T05:30',
      '2026-11-02T06:30',
    ]);
  });

  it('goes by the wall clock in the gap as well: 03:00 comes after 02:30 there, though before it in UTC', () => {
    const rule = 'FREQ=MINUTELY;INTERVAL=30;COUNT=4';
    expect(utc(expandFrom('2026-03-08T02:30', rule, ['2026-03-01', '2026-04-01']))).toEqual([
      '2026-03-08T07:00',
      '2026-03-08T07:30',
      '2026-03-08T08:00',
    ]);
  });

  it('may begin in 1970 in any zone, though it is 1969 in UTC', () => {
    const years: [string, string] = ['1970-01-01', '1971-01-02'];
    expect(utc(expandFrom('1970-01-01T00:00', 'FREQ=YEARLY', years, 'Asia/Tokyo'))).toEqual(['1970-12-31T15:00']);
  });
});
