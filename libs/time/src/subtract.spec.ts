import * as fc from 'fast-check';
import { subtract } from './subtract.ts';

const range = (from: number, to: number) => ({ startAt: new Date(from * 60_000), endAt: new Date(to * 60_000) });

describe('time away', () => {
  it.each([
    ['touches a lesson at both ends', [range(0, 60), range(120, 180)], true],
    ['covers a lesson', [range(0, 500)], false],
    ['lies within a lesson', [range(80, 90)], false],
    ['overlaps the start of a lesson by a minute', [range(0, 61)], false],
    ['overlaps the end of a lesson by a minute', [range(119, 500)], false],
    ['is empty', [range(80, 80)], true],
    ['is given out of order, one within another', [range(300, 400), range(10, 90), range(20, 30)], false],
  ])('that %s takes it or leaves it', (_what, away, stays) => {
    expect(subtract([range(60, 120)], away)).toEqual(stays ? [range(60, 120)] : []);
  });

  it('takes just the lessons that it overlaps, in any order of its ranges', () => {
    const someRange = fc.tuple(fc.nat(200), fc.nat(40)).map(([from, length]) => range(from, from + length));
    const lessons = fc
      .array(fc.nat(200), { maxLength: 30 })
      .map((starts) => starts.toSorted((a, b) => a - b).map((at) => range(at, at + 20)));
    fc.assert(
      fc.property(lessons, fc.array(someRange, { maxLength: 12 }), (all, away) => {
        const free = all.filter((lesson) =>
          away.every((a) => a.startAt >= a.endAt || a.startAt >= lesson.endAt || a.endAt <= lesson.startAt),
        );
        expect(subtract(all, away)).toEqual(free);
      }),
    );
  });
});
