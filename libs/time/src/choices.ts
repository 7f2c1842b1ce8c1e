import type { Budget } from './budget.ts';
import { chosenDays } from './chosen-days.ts';
import { writeOut } from './implied-parts.ts';
import { dayLimit } from './limits.ts';
import { dayOf, periodsOf } from './periods.ts';
import { chosenAt } from './positions.ts';
import type { Rule } from './rule.ts';
import type { TimesOfDay } from './times-of-day.ts';
import { timesOfDay } from './times-of-day.ts';

/** What to look through, in wall times (ms as if UTC): from `begin`, which is not before the rule's `start`, to `to`. */
export interface Span {
  readonly start: number;
  readonly begin: number;
  readonly to: number;
}

/** Where a rule may start within one of its periods: at every time of every day, in order. */
export interface Choice {
  /** Days counted from 1 January 1970. */
  readonly days: readonly number[];
  /** Times in ms since midnight. */
  readonly times: readonly number[];
  /** With BYSETPOS only these, counting from 0 through the times of the first day, then of the second. */
  readonly picks?: readonly number[];
}

/**
 * Works out, period by period, what a rule chooses on the wall clock, whole periods at both ends: BYSETPOS chooses from a whole one.
 * What comes before `begin` is skipped by arithmetic.
 */
export function choices(rule: Rule, span: Span, budget: Budget): Iterable<Choice> {
  const written = writeOut(rule, span.start);
  const times = timesOfDay(written, span.start);
  return ['YEARLY', 'MONTHLY', 'WEEKLY'].includes(rule.frequency)
    ? byPeriod(written, times(0), span, budget)
    : byDay(written, times, span, budget);
}

function* byDay(rule: Rule, timesOf: TimesOfDay, { start, begin, to }: Span, budget: Budget): Generator<Choice> {
  const isAllowed = dayLimit(rule);
  const step = rule.frequency === 'DAILY' ? rule.interval : 1;
  const first = dayOf(start);
  const passed = Math.floor((dayOf(begin) - first) / step);
  for (let day = first + passed * step; day <= dayOf(to); day += step) {
    budget.spend(1);
    if (!isAllowed(day)) continue;
    const times = timesOf(day);
    if (times.length > 0) yield { days: [day], times };
  }
}

function* byPeriod(
  rule: Rule,
  times: readonly number[],
  { start, begin, to }: Span,
  budget: Budget,
): Generator<Choice> {
  const isAllowed = dayLimit(rule);
  const periods = periodsOf(rule.frequency, rule.weekStart);
  const daysOf = chosenDays(rule, periods, budget);
  const first = periods.of(dayOf(start));
  const passed = Math.floor((periods.of(dayOf(begin)) - first) / rule.interval);
  const picksOf = remembered((size) => chosenAt(rule.bySetPos, size));
  for (let period = first + passed * rule.interval; periods.firstDayOf(period) <= dayOf(to); period += rule.interval) {
    const chosen = daysOf(period);
    budget.spend(1 + chosen.length);
    const days = chosen.filter(isAllowed);
    yield { days, times, ...(rule.bySetPos.length > 0 && { picks: picksOf(days.length * times.length) }) };
  }
}

function remembered<Answer>(answer: (key: number) => Answer): (key: number) => Answer {
  const known = new Map<number, Answer>();
  return (key) => {
    const before = known.get(key);
    if (before !== undefined) return before;
    const found = answer(key);
    known.set(key, found);
    return found;
  };
}
