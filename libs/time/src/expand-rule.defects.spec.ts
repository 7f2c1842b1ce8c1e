import { expandRule } from './expand-rule.ts';
import { parseRule } from './parse-rule.ts';
import { WEEKDAYS } from './rule.ts';

/** Monday, 2 March 2026 is the start, unless a case says otherwise. */
const expand = (rule: string, startAt = '2026-03-02T09:00Z', until = '2027-01-01') =>
  expandRule(
    parseRule(rule),
    { startAt: new Date(startAt), timezone: 'UTC' },
    { from: new Date('2026-01-01'), until: new Date(until) },
  ).map((at) => at.toISOString().slice(0, 16));

describe('what rrule 2.8.1 gets wrong', () => {
  it('comes right where BYSETPOS lies beyond the set: nothing in months with four Mondays', () => {
    expect(expand('FREQ=MONTHLY;BYDAY=MO;BYSETPOS=-5')).toEqual([
      '2026-03-02T09:00',
      '2026-06-01T09:00',
      '2026-08-03T09:00',
      '2026-11-02T09:00',
    ]);
  });

  it('comes right where two positions mean the same day: it counts once', () => {
    expect(expand('FREQ=MONTHLY;BYMONTHDAY=15;BYSETPOS=1,-1;COUNT=4')).toEqual([
      '2026-03-15T09:00',
      '2026-04-15T09:00',
      '2026-05-15T09:00',
      '2026-06-15T09:00',
    ]);
  });

  it('comes right where a series starts in the middle of a set: the set begins with its week', () => {
    expect(expand('FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1;COUNT=2', '2026-03-04T09:00Z')).toEqual([
      '2026-03-09T09:00',
      '2026-03-16T09:00',
    ]);
  });

  it.each([
    ['FREQ=DAILY;BYHOUR=15,9;COUNT=3', ['2026-03-02T09:00', '2026-03-02T15:00', '2026-03-03T09:00']],
    ['FREQ=DAILY;BYHOUR=15,9;UNTIL=20260303T100000Z', ['2026-03-02T09:00', '2026-03-02T15:00', '2026-03-03T09:00']],
    ['FREQ=DAILY;BYHOUR=15,9;BYSETPOS=-1;COUNT=2', ['2026-03-02T15:00', '2026-03-03T15:00']],
    ['FREQ=DAILY;BYHOUR=9,9;COUNT=3', ['2026-03-02T09:00', '2026-03-03T09:00', '2026-03-04T09:00']],
  ])('comes right where a list is not sorted or repeats itself: %s', (rule, expected) => {
    expect(expand(rule)).toEqual(expected);
  });

  it('comes right where the window ends between two unsorted hours', () => {
    expect(expand('FREQ=DAILY;BYHOUR=15,9', '2026-03-02T09:00Z', '2026-03-03T10:00Z')).toEqual([
      '2026-03-02T09:00',
      '2026-03-02T15:00',
      '2026-03-03T09:00',
    ]);
  });

  it('comes right for MINUTELY within one hour: every Sunday, not every third', () => {
    expect(expand('FREQ=MINUTELY;INTERVAL=20;BYHOUR=14;BYDAY=SU;COUNT=6')).toEqual([
      '2026-03-08T14:00',
      '2026-03-08T14:20',
      '2026-03-08T14:40',
      '2026-03-15T14:00',
      '2026-03-15T14:20',
      '2026-03-15T14:40',
    ]);
  });

  it('comes right for MINUTELY across hours: 45 minutes keep their phase', () => {
    expect(expand('FREQ=MINUTELY;INTERVAL=45;BYHOUR=13,20;COUNT=5')).toEqual([
      '2026-03-02T13:30',
      '2026-03-02T20:15',
      '2026-03-03T13:30',
      '2026-03-03T20:15',
      '2026-03-04T13:30',
    ]);
  });

  it('comes right in small letters', () => {
    expect(expand('freq=weekly;byday=mo;count=2')).toEqual(['2026-03-02T09:00', '2026-03-09T09:00']);
  });

  it('comes right where plain and numbered weekdays stand together: either will do', () => {
    expect(expand('FREQ=MONTHLY;BYDAY=MO,1TU;COUNT=6')).toEqual([
      '2026-03-02T09:00',
      '2026-03-03T09:00',
      '2026-03-09T09:00',
      '2026-03-16T09:00',
      '2026-03-23T09:00',
      '2026-03-30T09:00',
    ]);
    expect(expand('FREQ=YEARLY;BYDAY=SU,-1TU;COUNT=1000').filter((at) => at > '2026-12-19')).toEqual([
      '2026-12-20T09:00',
      '2026-12-27T09:00',
      '2026-12-29T09:00',
    ]);
  });

  it.each([
    // Neither is 1 January 2022 in a week 53, since 2021 had none, nor does week 1 of 2026, its last but 52, begin in 2026.
    ['FREQ=YEARLY;BYWEEKNO=53', ['2021-01-01', '2021-01-02', '2021-01-03', '2026-12-28']],
    ['FREQ=YEARLY;BYWEEKNO=52;BYDAY=SA', ['2022-01-01', '2022-12-31', '2023-12-30']],
    ['FREQ=YEARLY;BYWEEKNO=-53;BYDAY=MO,SU', ['2025-12-29', '2026-01-04']],
  ])('comes right where a week lies in two years: %s', (rule, expected) => {
    const series = { startAt: new Date('2021-01-01T09:00Z'), timezone: 'UTC' };
    const starts = expandRule(parseRule(rule), series, { from: series.startAt, until: new Date('2027-01-01') });
    expect(starts.map((at) => at.toISOString().slice(0, 10)).slice(0, expected.length)).toEqual(expected);
  });

  it.each(WEEKDAYS.map((day, nth) => [day, nth] as const))(
    'comes right for weeks from %s on, which are numbered from both ends of their year',
    (day, nth) => {
      for (const number of [1, 2, 52, 53, -1, -2, -52, -53]) {
        const starts = expandRule(
          parseRule(`FREQ=YEARLY;WKST=${day};BYWEEKNO=${number}`),
          { startAt: new Date('1970-01-01'), timezone: 'UTC' },
          { from: new Date('1971-01-01'), until: new Date('2099-01-01') },
        );
        expect(starts.map((at) => at.getTime())).toEqual(daysOfWeek(number, nth));
      }
    },
  );
});

/** The days from 1971 to 2098 in a week of their year; week 1 is the one with 4 January, and weeks begin on a weekday, 0 is Monday. */
function daysOfWeek(number: number, weekStart: number): number[] {
  const first = (year: number) => {
    const fourth = new Date(Date.UTC(year, 0, 4));
    return fourth.getTime() - ((fourth.getUTCDay() + 6 - weekStart) % 7) * 864e5;
  };
  const days = [];
  for (let year = 1970; year <= 2099; year++) {
    const [begin, end] = [first(year), first(year + 1)];
    const week = number > 0 ? begin + (number - 1) * 7 * 864e5 : end + number * 7 * 864e5;
    if (week < begin || week >= end) continue;
    for (let day = 0; day < 7; day++) days.push(week + day * 864e5);
  }
  return days.filter((day) => day >= Date.parse('1971-01-01') && day < Date.parse('2099-01-01'));
}
