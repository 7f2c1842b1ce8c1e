import { Budget } from './budget.ts';
import { choices } from './choices.ts';
import type { Rule } from './rule.ts';
import { Starts } from './starts.ts';
import { TimeNotSupported } from './time.errors.ts';
import type { Turns } from './turns.ts';
import { atOnce, inTurns } from './turns.ts';
import type { ZoneClock } from './zone-clock.ts';
import { clockOf } from './zone-clock.ts';

export const MAX_STARTS = 10_000;

const FIRST_YEAR = 1970;
const LAST_YEAR = 2099;
const EARLIEST = Date.UTC(FIRST_YEAR, 0);
const LATEST = Date.UTC(LAST_YEAR + 1, 0);

/** How many steps make a turn, which takes some milliseconds. */
const STEPS_PER_TURN = 20_000;

/** A year of a zone that was not looked up before takes as long as so many steps. */
const STEPS_PER_YEAR = 4_000;

/** Where a rule begins (RFC 5545's DTSTART), and the IANA zone whose wall clock it follows. */
export interface Series {
  readonly startAt: Date;
  /** The wall time (held in UTC fields) at which the rule begins; `startAt` is not read where it is given. */
  readonly startWall?: Date | undefined;
  readonly timezone: string;
}

/** A half-open range of instants, `[from, until)`. */
export interface Window {
  readonly from: Date;
  readonly until: Date;
}

/** What an expansion may give and cost. */
export interface Limits {
  /** More starts than this are refused: 10,000 if missing. */
  readonly maxStarts?: number;
  /** Shared by several expansions, they are bounded together; each has its own if missing. */
  readonly budget?: Budget;
}

/**
 * Works out the instants within the window at which a rule starts: sorted, distinct, none before `startAt`, in wall-clock time of
 * the zone. A start in a gap takes the offset before it and counts for COUNT; in an overlap it is the first (RFC 5545 erratum 4271).
 * Throws RuleTooExpensive, or TimeNotSupported outside the years 1970 to 2099.
 */
export function expandRule(rule: Rule, series: Series, window: Window, limits: Limits = {}): Date[] {
  return atOnce(expansion(rule, series, window, limits));
}

/** The same as expandRule, but whatever else waits for the event loop has its turn every few milliseconds. */
export function expandRuleInTurns(rule: Rule, series: Series, window: Window, limits: Limits = {}): Promise<Date[]> {
  return inTurns(expansion(rule, series, window, limits));
}

/** The work of both. */
export function* expansion(rule: Rule, series: Series, window: Window, limits: Limits): Turns<Date[]> {
  refuseOtherYears(series, window);
  const firstAt = window.from.getTime();
  const lastAt = Math.min(window.until.getTime() - 1, rule.until?.getTime() ?? Infinity);
  if (lastAt < firstAt) return [];
  const clock = clockOf(series.timezone);
  const start = series.startWall?.getTime() ?? clock.wallOf(series.startAt.getTime());
  const { from, to } = clock.wallsWithin(firstAt, lastAt);
  const { count = Infinity } = rule;
  const begin = count === Infinity ? Math.max(start, from) : start;
  const isStart = startsAfter(start, series, clock);
  const most = limits.maxStarts ?? MAX_STARTS;
  const starts = new Starts({ begin, from, to, firstAt, lastAt, count, isStart, most }, clock);
  const budget = limits.budget ?? new Budget();
  const worked = () => budget.spent + starts.years * STEPS_PER_YEAR;
  let begun = worked();
  for (const choice of choices(rule, { start, begin, to }, budget)) {
    budget.spend(starts.take(choice));
    if (starts.isOver) break;
    if (worked() - begun < STEPS_PER_TURN) continue;
    yield;
    begun = worked();
  }
  return starts.inOrder();
}

/**
 * Whether a wall time at or after the series' is a start: a series that starts in the second turn of a repeated hour has none left
 * in that hour, they were in the first.
 */
function startsAfter(start: number, { startAt, startWall }: Series, clock: ZoneClock): (wall: number) => boolean {
  if (startWall) return () => true;
  const first = startAt.getTime();
  const repeated = first - clock.instantOf(start);
  return (wall) => wall - start >= repeated || clock.instantOf(wall) >= first;
}

function refuseOtherYears({ startAt, startWall }: Series, { from, until }: Window): void {
  const isWithin = (at: Date) => at.getTime() >= EARLIEST && at.getTime() < LATEST;
  const isEnd = isWithin(until) || until.getTime() === LATEST;
  if (!(isWithin(startWall ?? startAt) && isWithin(from) && isEnd)) throw new TimeNotSupported(FIRST_YEAR, LAST_YEAR);
}
