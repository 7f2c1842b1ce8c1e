import * as fc from 'fast-check';
import { RangeBackwards, RangeTooLong, StartOutOfRange } from './availability.errors.ts';
import { LONGEST, overlap, soundRange, wholeSecond } from './ranges.policy.ts';

const NOW = new Date('2030-03-01T09:00:00Z');
const range = (from: string, until: string) => ({ startAt: new Date(from), endAt: new Date(until) });

describe('a range of time', () => {
  it.each([
    ['an hour', '2030-03-04T14:00Z', '2030-03-04T15:00Z', false],
    ['a second', '2030-03-04T14:00:00Z', '2030-03-04T14:00:01Z', false],
    ['366 days', '2030-03-04T14:00Z', '2031-03-05T14:00Z', false],
    ['a day of a rule', '2030-03-04T14:00Z', '2030-03-05T14:00Z', true],
    ['366 days ago', '2029-02-28T09:00Z', '2029-02-28T10:00Z', true],
    ['1,830 days ahead', '2035-03-05T09:00Z', '2035-03-05T10:00Z', true],
  ])('may be entered: %s', (_, from, until, isRecurring) => {
    expect(soundRange(range(from, until), isRecurring ? LONGEST.recurring : LONGEST.once, NOW)).toEqual(
      range(from, until),
    );
  });

  it.each([
    ['nothing', '2030-03-04T14:00Z', '2030-03-04T14:00Z', false, RangeBackwards],
    ['an end before the start', '2030-03-04T14:00Z', '2030-03-04T13:59:59Z', false, RangeBackwards],
    ['a part of a second', '2030-03-04T14:00:00.001Z', '2030-03-04T14:00:00.999Z', false, RangeBackwards],
    ['a second over 366 days', '2030-03-04T14:00Z', '2031-03-05T14:00:01Z', false, RangeTooLong],
    ['a second over a day, by a rule', '2030-03-04T14:00Z', '2030-03-05T14:00:01Z', true, RangeTooLong],
    ['a second over 366 days ago', '2029-02-28T08:59:59Z', '2029-02-28T10:00Z', true, StartOutOfRange],
    ['a second over 1,830 days ahead', '2035-03-05T09:00:01Z', '2035-03-05T10:00Z', true, StartOutOfRange],
  ])('is refused: %s', (_, from, until, isRecurring, refusal) => {
    expect(() => soundRange(range(from, until), isRecurring ? LONGEST.recurring : LONGEST.once, NOW)).toThrow(refusal);
  });

  it('is kept in whole seconds, before 1970 too', () => {
    const kept = soundRange(range('2030-03-04T14:00:00.999Z', '2030-03-04T15:00:01.001Z'), LONGEST.once, NOW);
    expect(kept).toEqual(range('2030-03-04T14:00:00Z', '2030-03-04T15:00:01Z'));
    expect(wholeSecond(new Date(-1))).toEqual(new Date(-1000));
  });
});

describe('two ranges', () => {
  it.each([
    ['apart', [1, 2], [3, 4], false],
    ['that touch', [1, 2], [2, 3], false],
    ['with a common part', [1, 3], [2, 4], true],
    ['one in the other', [1, 4], [2, 3], true],
    ['alike', [1, 2], [1, 2], true],
  ])('%s overlap if they have an instant in common', (_, a, b, expected) => {
    const hours = ([from, until]: number[]) => ({
      startAt: new Date(from! * 3_600_000),
      endAt: new Date(until! * 3_600_000),
    });
    expect([overlap(hours(a), hours(b)), overlap(hours(b), hours(a))]).toEqual([expected, expected]);
  });

  it('overlap exactly if some instant lies in both', () => {
    const any = fc.tuple(fc.nat(20), fc.integer({ min: 1, max: 10 }));
    const lies = (at: number, [from, length]: [number, number]) => from <= at && at < from + length;
    const dates = ([from, length]: [number, number]) => ({ startAt: new Date(from), endAt: new Date(from + length) });
    fc.assert(
      fc.property(any, any, (a, b) => {
        const common = Array.from({ length: 31 }, (_, at) => at).some((at) => lies(at, a) && lies(at, b));
        expect(overlap(dates(a), dates(b))).toBe(common);
      }),
    );
  });
});
