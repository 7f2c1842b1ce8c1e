import { clockChanges } from '@scheduling/time';
import { concerned, wallsInDoubt } from './clock-changes.policy.ts';

const dates = (...texts: string[]): Date[] => texts.map((text) => new Date(`${text}Z`));
/** New York's: 7:00 UTC on 8 March, and 6:00 UTC on 1 November. */
const changes = clockChanges('America/New_York', { from: new Date('2026-01-01Z'), until: new Date('2027-01-01Z') });
const told = (starts: Date[], walls: Date[]) =>
  concerned(changes, starts, walls).map(({ kind, starts: all }) => [
    kind,
    ...all.map((at) => at.toISOString().slice(5, 16)),
  ]);

describe('the starts that a change of the clock concerns', () => {
  it.each<[string, string[], string[], string[][]]>([
    ['none where none is near', ['2026-03-07T07:30', '2026-11-02T05:30'], [], [['gap'], ['overlap']]],
    ['what a gap has moved', ['2026-03-08T07:30'], ['2026-03-08T02:30'], [['gap', '03-08T07:30'], ['overlap']]],
    [
      'the first of a gap and not what follows it',
      ['2026-03-08T07:00', '2026-03-08T08:00'],
      ['2026-03-08T02:00', '2026-03-08T03:00'],
      [['gap', '03-08T07:00'], ['overlap']],
    ],
    ['not what only looks like it', ['2026-03-08T07:30'], ['2026-03-08T03:30'], [['gap'], ['overlap']]],
    ['not what a rule no longer has', ['2026-03-08T07:30'], ['2026-03-08T02:45'], [['gap'], ['overlap']]],
    [
      'what comes twice',
      ['2026-11-01T04:59', '2026-11-01T05:00', '2026-11-01T05:59', '2026-11-01T06:00'],
      [],
      [['gap'], ['overlap', '11-01T05:00', '11-01T05:59']],
    ],
  ])('are %s', (_, starts, walls, expected) => {
    expect(told(dates(...starts), dates(...walls))).toEqual(expected);
  });

  it.each<[string, string[], [string, string] | null]>([
    ['none where no start is in doubt', ['2026-03-08T06:59', '2026-03-08T08:00', '2026-11-01T05:30'], null],
    ['those that the gap skips', ['2026-03-08T07:00'], ['2026-03-08T02:00', '2026-03-08T03:00']],
  ])('are told by wall times: %s', (_, starts, expected) => {
    const [from, until] = expected ?? [];
    const walls = expected && { from: dates(from!)[0], until: dates(until!)[0] };
    expect(wallsInDoubt(changes, dates(...starts))).toEqual(walls);
  });
});
