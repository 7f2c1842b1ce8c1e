import { periodAt, type Span } from './periods.policy.ts';

const at = (text: string): Date => new Date(text.length > 10 ? text : `${text}T00:00:00Z`);
const span = (from: string, to: string): Span => ({ startsAt: at(from), endsAt: at(to) });

describe('the period that an instant is in', () => {
  it.each<[string, string, string, string, string]>([
    ['the first', '2030-03-01', '2030-03-01', '2030-03-01', '2030-03-08'],
    ['its last millisecond', '2030-03-01', '2030-03-07T23:59:59.999Z', '2030-03-01', '2030-03-08'],
    ['the first instant of the second', '2030-03-01', '2030-03-08', '2030-03-08', '2030-03-15'],
    ['one over a change to summer time', '2030-03-27', '2030-04-02', '2030-03-27', '2030-04-03'],
    ['one years later', '2030-03-01', '2035-02-28', '2035-02-23', '2035-03-02'],
  ])('is right in weeks: %s', (_, anchor, now, from, to) => {
    expect(periodAt(at(anchor), 'week', at(now))).toEqual(span(from, to));
  });

  it.each<[string, string, string, string, string]>([
    ['the first', '2030-03-01', '2030-03-31', '2030-03-01', '2030-04-01'],
    ['the day before it begins anew', '2030-03-15', '2030-04-14', '2030-03-15', '2030-04-15'],
    ['the day on which it does', '2030-03-15', '2030-04-15', '2030-04-15', '2030-05-15'],
    ['one over the year', '2030-11-15', '2031-01-10', '2030-12-15', '2031-01-15'],
    ['the 31st: all of February', '2030-01-31', '2030-02-28', '2030-02-28', '2030-03-31'],
    ['the 31st: the day before', '2030-01-31', '2030-02-27', '2030-01-31', '2030-02-28'],
    ['the 31st, which comes back', '2030-01-31', '2030-03-31', '2030-03-31', '2030-04-30'],
    ['the 31st: the end of April', '2030-01-31', '2030-04-30', '2030-04-30', '2030-05-31'],
    ['the 30th of a leap year', '2032-01-30', '2032-02-29', '2032-02-29', '2032-03-30'],
    ['the 29th of February, a year on', '2032-02-29', '2033-02-28', '2033-02-28', '2033-03-29'],
    ['the 29th of February, four years on', '2032-02-29', '2036-02-29', '2036-02-29', '2036-03-29'],
    [
      'a time of day, just before',
      '2030-01-31T18:30:00Z',
      '2030-02-28T18:29:59Z',
      '2030-01-31T18:30:00Z',
      '2030-02-28T18:30:00Z',
    ],
  ])('is right in months: %s', (_, anchor, now, from, to) => {
    expect(periodAt(at(anchor), 'month', at(now))).toEqual(span(from, to));
  });

  it('meets the next one without a gap for three years, from each day of a leap year', () => {
    const broken: [anchor: Date, now: Date][] = [];
    for (let day = 0; day < 366; day++) {
      const anchor = new Date(Date.UTC(2032, 0, 1 + day, 7, 15));
      let now = anchor;
      for (let months = 0; months < 36; months++) {
        const period = periodAt(anchor, 'month', now);
        const last = periodAt(anchor, 'month', new Date(period.endsAt.getTime() - 1));
        if (Number(period.startsAt) !== Number(now) || Number(last.endsAt) !== Number(period.endsAt))
          broken.push([anchor, now]);
        now = period.endsAt;
      }
    }
    expect(broken).toEqual([]);
  });
});
