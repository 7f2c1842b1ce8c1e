import type { ClockChange, Window } from '@scheduling/time';

const MINUTE = 60_000;

/** A change of the zone's clock, and the starts that it concerns. */
export interface Concerned extends ClockChange {
  /** Wall times are skipped by a gap, and come twice by an overlap. */
  readonly kind: 'gap' | 'overlap';
  /** Moved on by a gap, or taken at the first of the two times in an overlap. */
  readonly starts: readonly Date[];
}

/**
 * The wall time (held in UTC fields) from the first gap up to the last which may have moved one of the starts; null without such.
 * A start that was moved looks like one that is later anyway: only the wall times at which a rule starts tell them apart.
 */
export function wallsInDoubt(changes: readonly ClockChange[], starts: readonly Date[]): Window | null {
  const gaps = changes.filter((change) => isGap(change) && within(starts, movedBy(change)).length > 0);
  const [first, last] = [gaps[0], gaps.at(-1)];
  return first && last ? { from: skippedBy(first).from, until: skippedBy(last).until } : null;
}

/** Names the starts that each change concerns; `walls` are the wall times in doubt at which the rule starts. Both are sorted. */
export function concerned(
  changes: readonly ClockChange[],
  starts: readonly Date[],
  walls: readonly Date[],
): Concerned[] {
  const known = new Set(starts.map((at) => at.getTime()));
  return changes.map((change) => {
    if (!isGap(change)) return { ...change, kind: 'overlap', starts: within(starts, repeatedBy(change)) };
    const moved = within(walls, skippedBy(change)).map((wall) => later(wall, -change.fromOffset));
    return { ...change, kind: 'gap', starts: moved.filter((at) => known.has(at.getTime())) };
  });
}

const isGap = ({ fromOffset, toOffset }: ClockChange): boolean => toOffset > fromOffset;
const later = (at: Date, minutes: number): Date => new Date(at.getTime() + minutes * MINUTE);

/** The wall times that a gap skips, in UTC fields. */
const skippedBy = ({ at, fromOffset, toOffset }: ClockChange): Window => ({
  from: later(at, fromOffset),
  until: later(at, toOffset),
});
/** The instants to which it moves them. */
const movedBy = ({ at, fromOffset, toOffset }: ClockChange): Window => ({
  from: at,
  until: later(at, toOffset - fromOffset),
});
/** The instants whose wall time an overlap repeats. */
const repeatedBy = ({ at, fromOffset, toOffset }: ClockChange): Window => ({
  from: later(at, toOffset - fromOffset),
  until: at,
});

/** Looked for by halves: there may be hundreds of changes and thousands of starts. */
const within = (sorted: readonly Date[], { from, until }: Window): Date[] =>
  sorted.slice(placeOf(from, sorted), placeOf(until, sorted));

function placeOf(at: Date, sorted: readonly Date[]): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < at) low = middle + 1;
    else high = middle;
  }
  return low;
}
