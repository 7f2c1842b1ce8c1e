import { expandRule, parseRule } from '@scheduling/time';
import { SeriesEmpty, SeriesTooLong } from './series.errors.ts';
import type { SeriesRule } from './series-rules.ts';

const RULES: Readonly<Record<SeriesRule, string>> = {
  weekly: 'FREQ=WEEKLY',
  biweekly: 'FREQ=WEEKLY;INTERVAL=2',
  monthly: 'FREQ=MONTHLY',
};
/** Enough for 52 months that have a 31st; 2100 is where time ends here. */
const YEARS = 10;
const END = new Date('2100-01-01T00:00:00Z');

/** When a series begins, on whose clock, and how it goes on. */
export interface Recurrence {
  readonly startAt: Date;
  /** The IANA zone whose wall clock its lessons keep. */
  readonly timezone: string;
  readonly rule: SeriesRule;
  /** So many dates, or all that start by an instant. */
  readonly ends: { readonly count: number } | { readonly until: Date };
}

/**
 * The starts of a series, its first included, at one time of day whatever the clocks do: in a gap by the offset before it, in an
 * overlap the first of the two. A month without the day is left out, and does not count. Refuses more of them than a limit.
 */
export function datesOf({ startAt, timezone, rule, ends }: Recurrence, limit: number): Date[] {
  if ('until' in ends && ends.until < startAt) throw new SeriesEmpty(startAt);
  const most = 'count' in ends ? ends.count : limit + 1;
  const window = { from: startAt, until: endOf(startAt, ends) };
  const all = expandRule(parseRule(`${RULES[rule]};COUNT=${most}`), { startAt, timezone }, window);
  // A slot in the second turn of a repeated hour is no start of its own rule, and still the lesson that was asked for.
  const dates = [startAt, ...all.filter((at) => at > startAt)].slice(0, most);
  if (dates.length > limit) throw new SeriesTooLong(limit);
  return dates;
}

function endOf(startAt: Date, ends: Recurrence['ends']): Date {
  const latest = new Date(startAt);
  latest.setUTCFullYear(latest.getUTCFullYear() + YEARS);
  // A rule's end is in it, a window's is not.
  const wanted = 'until' in ends ? ends.until.getTime() + 1 : latest.getTime();
  return new Date(Math.min(wanted, END.getTime()));
}
