import { floatingStarts } from './floating-starts.ts';
import { DAY, HOUR } from './periods.ts';
import type { Rule } from './rule.ts';
import { RuleTooExpensive, TimeNotSupported } from './time.errors.ts';
import { utcToWall, wallToUtc } from './zones.ts';

/** A step is one candidate wall time; 200,000 take about a second of one core. */
export const MAX_STEPS = 200_000;
export const MAX_STARTS = 10_000;

const FIRST_YEAR = 1970;
const LAST_YEAR = 2099;

/** How far a wall clock may be from UTC, in ms, with room to spare. */
const FARTHEST_ZONE = DAY + 2 * HOUR;

/** Where a rule begins (RFC 5545's DTSTART), and the IANA zone whose wall clock it follows. */
export interface Series {
  readonly startAt: Date;
  readonly timezone: string;
}

/** A half-open range of instants, `[from, until)`. */
export interface Window {
  readonly from: Date;
  readonly until: Date;
}

/**
 * Works out the instants within the window at which a rule starts: sorted, distinct, none before `startAt`, in wall-clock time of
 * the zone. A start in a gap takes the offset before it and counts for COUNT; in an overlap it is the first (RFC 5545 erratum 4271).
 * Throws RuleTooExpensive, or TimeNotSupported outside the years 1970 to 2099.
 */
export function expandRule(rule: Rule, series: Series, window: Window): Date[] {
  for (const at of [series.startAt, window.from, window.until]) refuseUnsupported(at);
  const { startAt, timezone } = series;
  const lastAt = Math.min(window.until.getTime() - 1, rule.until?.getTime() ?? Infinity);
  const firstAt = Math.max(window.from.getTime(), startAt.getTime());
  if (lastAt < firstAt) return [];
  const start = utcToWall(startAt, timezone).getTime();
  const walls = floatingStarts(rule, {
    start,
    from: firstAt - FARTHEST_ZONE,
    to: lastAt + FARTHEST_ZONE,
    isStart: startsAfter(start, series),
    step: stepCounter(),
  });
  const starts = new Set<number>();
  for (const wall of walls) {
    const at = wallToUtc(new Date(wall), timezone).getTime();
    if (at >= firstAt && at <= lastAt) starts.add(at);
    if (starts.size > MAX_STARTS) throw new RuleTooExpensive(MAX_STARTS, 'starts');
  }
  // Starts in a gap may come out after later ones, or on top of them.
  return [...starts].toSorted((a, b) => a - b).map((at) => new Date(at));
}

/** A series that starts in the second turn of a repeated hour has no starts left in that hour: they were in the first. */
function startsAfter(start: number, { startAt, timezone }: Series): (wall: number) => boolean {
  const repeated = startAt.getTime() - wallToUtc(new Date(start), timezone).getTime();
  return (wall) => wall - start >= repeated || wallToUtc(new Date(wall), timezone) >= startAt;
}

function stepCounter(): () => void {
  let steps = 0;
  return () => {
    steps += 1;
    if (steps > MAX_STEPS) throw new RuleTooExpensive(MAX_STEPS, 'steps');
  };
}

function refuseUnsupported(at: Date): void {
  const year = at.getUTCFullYear();
  if (!(year >= FIRST_YEAR && year <= LAST_YEAR)) throw new TimeNotSupported(FIRST_YEAR, LAST_YEAR);
}
