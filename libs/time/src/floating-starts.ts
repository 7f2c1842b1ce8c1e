import { writeOut } from './implied-parts.ts';
import { splitLimits } from './limiting-parts.ts';
import { periodsOf } from './periods.ts';
import type { Sink, Stretch } from './raw-walls.ts';
import { walkDays, walkTimes } from './raw-walls.ts';
import type { Rule } from './rule.ts';

/** What to expand, in wall times (ms as if UTC); both ends of the stretch belong to it. */
export interface FloatingSeries {
  readonly start: number;
  readonly from: number;
  readonly to: number;
  /** Whether a wall time at or after `start` is a start; one that is none does not count for COUNT. */
  readonly isStart: (wall: number) => boolean;
  /** Counts one step of work, and throws where it becomes too much. */
  readonly step: () => void;
}

/** Works out the wall times from `from` to `to` at which a rule starts, in order, UNTIL aside. */
export function floatingStarts(rule: Rule, series: FloatingSeries): number[] {
  const { start, from, to, isStart, step } = series;
  if (to < start || to < from) return [];
  const found: number[] = [];
  let left = rule.count ?? Infinity;
  const take: Sink = (wall) => {
    if (left <= 0) return false;
    if (wall < start || !isStart(wall)) return true;
    if (wall >= from && wall <= to) found.push(wall);
    left -= 1;
    return left > 0 && wall <= to;
  };
  const stretch = { ...wholePeriods(rule, series), step };
  if (rule.bySetPos.length === 0) {
    walk(rule, start, stretch, take);
    return found;
  }
  const sets = choosing(rule, take);
  walk(rule, start, stretch, sets.sink);
  sets.flush();
  return found;
}

/**
 * Widens a stretch to whole periods, since BYSETPOS chooses from a whole one, the first included.
 * Periods before the stretch are skipped by arithmetic, unless COUNT must count them.
 */
function wholePeriods(rule: Rule, { start, from, to }: FloatingSeries): { first: number; last: number } {
  const periods = periodsOf(rule.frequency, rule.weekStart);
  const origin = periods.of(start);
  const turns = rule.count === undefined ? Math.floor((periods.of(from) - origin) / rule.interval) : 0;
  const first = periods.startOf(origin + Math.max(0, turns) * rule.interval);
  return { first, last: periods.startOf(periods.of(to) + 1) - 1 };
}

function walk(rule: Rule, start: number, stretch: Stretch, sink: Sink): void {
  const { keeps, rest } = splitLimits(writeOut(rule, start));
  if (rule.frequency === 'HOURLY' || rule.frequency === 'MINUTELY') walkTimes(rest, keeps, stretch, sink);
  else walkDays(rest, stretch, (wall) => !keeps(wall) || sink(wall));
}

/** Gathers the wall times of each period, and passes on those at the rule's positions. */
function choosing(rule: Rule, sink: Sink): { sink: Sink; flush: () => boolean } {
  const periods = periodsOf(rule.frequency, rule.weekStart);
  let current = Number.NaN;
  let set: number[] = [];
  const flush = () => {
    const size = set.length;
    const indexes = rule.bySetPos.map((position) => (position > 0 ? position - 1 : size + position));
    const chosen = [...new Set(indexes)].toSorted((a, b) => a - b).flatMap((index) => set[index] ?? []);
    set = [];
    return chosen.every(sink);
  };
  const gather: Sink = (wall) => {
    const period = periods.of(wall);
    const wantsMore = period === current || flush();
    current = period;
    set.push(wall);
    return wantsMore;
  };
  return { sink: gather, flush };
}
