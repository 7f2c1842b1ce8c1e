import { UnknownTimezone } from '@scheduling/time';
import { RangeBackwards, RangeTooLong } from './slots.errors.ts';
import { type AskedRange, searchRange } from './search-range.policy.ts';

const now = new Date('2030-03-01T09:00:00Z');
const range = (asked: Partial<AskedRange>) => {
  const { from, until } = searchRange({ timezone: 'America/New_York', ...asked }, now, {
    days: 92,
    endField: 'end_date',
  });
  return [from.toISOString(), until.toISOString()];
};

describe('the range of a search', () => {
  it('is the next four weeks unless told', () => {
    expect(range({})).toEqual(['2030-03-01T09:00:00.000Z', '2030-03-29T09:00:00.000Z']);
  });

  it('reads days on the clock of the timezone, the last one whole, also when clocks change', () => {
    expect(range({ start: '2030-03-09', end: '2030-03-10' })).toEqual([
      '2030-03-09T05:00:00.000Z',
      '2030-03-11T04:00:00.000Z',
    ]);
  });

  it('may be 92 days, or as many as it is, on a clock that is set back meanwhile', () => {
    expect(range({ start: '2030-10-01', end: '2030-12-31' })).toEqual([
      '2030-10-01T04:00:00.000Z',
      '2031-01-01T05:00:00.000Z',
    ]);
  });

  it('reads instants as they are', () => {
    expect(range({ start: '2030-03-09T10:00:00+02:00', end: '2030-03-09T09:00:00Z' })).toEqual([
      '2030-03-09T08:00:00.000Z',
      '2030-03-09T09:00:00.000Z',
    ]);
  });

  it.each([
    ['backwards', { start: '2030-03-09', end: '2030-03-08' }, RangeBackwards],
    ['longer than 92 days', { start: '2030-03-09', end: '2030-06-09' }, RangeTooLong],
    ['on no clock that is known', { timezone: 'Mars/Olympus' }, UnknownTimezone],
  ])('is refused when it is %s', (_, asked, refusal) => {
    expect(() => range(asked)).toThrow(refusal);
  });
});
