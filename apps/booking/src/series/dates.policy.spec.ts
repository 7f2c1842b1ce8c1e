import { localIso } from '@scheduling/time';
import { datesOf, type Recurrence } from './dates.policy.ts';
import { MOST_DATES } from './series-rules.ts';
import { SeriesEmpty, SeriesTooLong } from './series.errors.ts';

const KYIV = 'Europe/Kyiv';
const series = (startAt: string, changes: Partial<Recurrence> = {}): Date[] =>
  datesOf({ startAt: new Date(startAt), timezone: KYIV, rule: 'weekly', ends: { count: 3 }, ...changes }, MOST_DATES);
const utc = (dates: Date[]) => dates.map((at) => at.toISOString().slice(0, 16));
const local = (dates: Date[], timezone = KYIV) => dates.map((at) => localIso(at, timezone).slice(0, 16));

describe('the dates of a series', () => {
  it('come each week, or each second one', () => {
    expect(utc(series('2030-01-07T14:00Z'))).toEqual(['2030-01-07T14:00', '2030-01-14T14:00', '2030-01-21T14:00']);
    expect(utc(series('2030-01-07T14:00Z', { rule: 'biweekly' }))).toEqual([
      '2030-01-07T14:00',
      '2030-01-21T14:00',
      '2030-02-04T14:00',
    ]);
  });

  it.each([
    ['spring', '2030-03-25T14:00Z', ['2030-03-25T14:00', '2030-04-01T13:00', '2030-04-08T13:00']],
    ['autumn', '2030-10-21T13:00Z', ['2030-10-21T13:00', '2030-10-28T14:00', '2030-11-04T14:00']],
  ])('keep the tutor’s time of day when the clocks change in %s', (_season, start, expected) => {
    const dates = series(start);
    expect(utc(dates)).toEqual(expected);
    expect(local(dates).map((at) => at.slice(11))).toEqual(['16:00', '16:00', '16:00']);
  });

  it('take the offset before a gap, and go on at their own time of day', () => {
    expect(local(series('2030-03-24T01:30Z'))).toEqual(['2030-03-24T03:30', '2030-03-31T04:30', '2030-04-07T03:30']);
  });

  it('take the first of two in an overlap', () => {
    expect(utc(series('2030-10-20T00:30Z'))).toEqual(['2030-10-20T00:30', '2030-10-27T00:30', '2030-11-03T01:30']);
  });

  it('begin with the lesson that was asked for, also in the second turn of an hour', () => {
    expect(utc(series('2030-10-27T01:30Z'))).toEqual(['2030-10-27T01:30', '2030-11-03T01:30', '2030-11-10T01:30']);
  });

  it.each([
    ['31st', '2030-01-31T14:00Z', ['2030-01-31', '2030-03-31', '2030-05-31', '2030-07-31']],
    ['30th', '2030-01-30T14:00Z', ['2030-01-30', '2030-03-30', '2030-04-30', '2030-05-30']],
    ['29th', '2028-01-29T14:00Z', ['2028-01-29', '2028-02-29', '2028-03-29', '2028-04-29']],
  ])('leave out months without a %s', (_day, start, expected) => {
    const dates = series(start, { rule: 'monthly', ends: { count: 4 } });
    expect(local(dates).map((at) => at.slice(0, 10))).toEqual(expected);
  });

  it('count a day of the month on the tutor’s clock', () => {
    const dates = series('2030-01-31T20:00Z', { rule: 'monthly', timezone: 'Asia/Tokyo' });
    expect(local(dates, 'Asia/Tokyo')).toEqual(['2030-02-01T05:00', '2030-03-01T05:00', '2030-04-01T05:00']);
  });

  it('end with the last that starts by an instant', () => {
    const until = (instant: string) => series('2030-01-07T14:00Z', { ends: { until: new Date(instant) } });
    expect(until('2030-01-21T14:00Z')).toHaveLength(3);
    expect(until('2030-01-21T13:59:59.999Z')).toHaveLength(2);
    expect(until('2030-01-07T14:00Z')).toHaveLength(1);
    expect(() => until('2030-01-07T13:59Z')).toThrow(SeriesEmpty);
  });

  it.each([
    ['weekly', '2030-12-30'],
    ['monthly', '2036-10-31'],
  ] as const)('are 52 at most: %s', (rule, last) => {
    const start = rule === 'weekly' ? '2030-01-07T14:00Z' : '2029-07-31T14:00Z';
    const dates = series(start, { rule, ends: { count: 52 } });
    expect(dates).toHaveLength(52);
    expect(local(dates).at(-1)!.slice(0, 10)).toBe(last);
    const until = dates.at(-1)!;
    expect(series(start, { rule, ends: { until } })).toEqual(dates);
    expect(() => series(start, { rule, ends: { until: new Date(until.getTime() + 63 * 864e5) } })).toThrow(
      SeriesTooLong,
    );
  });

  it('end with the last year that there is', () => {
    expect(utc(series('2099-12-21T14:00Z'))).toEqual(['2099-12-21T14:00', '2099-12-28T14:00']);
  });
});
