import { DAY, HOUR, MINUTE } from './periods.ts';
import { pick } from './positions.ts';
import type { Rule } from './rule.ts';

/** The times of a day at which a rule may start: ms since midnight, in order. */
export type TimesOfDay = (day: number) => readonly number[];

/**
 * Tells the times of each day, for a rule whose implied parts are written out; from `start`, a wall time in ms as if UTC, HOURLY and
 * MINUTELY count. BYSETPOS has chosen among them, except for weeks, months and years, whose sets are more than a day.
 */
export function timesOfDay(rule: Rule, start: number): TimesOfDay {
  const { frequency, interval, byHour, byMinute, bySetPos } = rule;
  const seconds = rule.bySecond.map((second) => second * 1000);
  const isHour = isAmong(byHour);
  if (frequency === 'MINUTELY') {
    const isMinute = isAmong(byMinute);
    const isWanted = (minute: number) => isMinute(minute % 60) && isHour(Math.floor(minute / 60));
    return stepping({ unit: MINUTE, interval, start, isWanted, within: pick(bySetPos, seconds) });
  }
  const ofHour = sums(byMinute, MINUTE, seconds);
  if (frequency === 'HOURLY') {
    return stepping({ unit: HOUR, interval, start, isWanted: isHour, within: pick(bySetPos, ofHour) });
  }
  const ofDay = sums(byHour, HOUR, ofHour);
  const times = frequency === 'DAILY' ? pick(bySetPos, ofDay) : ofDay;
  return () => times;
}

interface Steps {
  /** The length of an hour or a minute, of which every `interval`th counts. */
  readonly unit: number;
  readonly interval: number;
  readonly start: number;
  /** Whether an hour or minute of the day, counted from midnight, is one that the rule allows. */
  readonly isWanted: (nth: number) => boolean;
  /** The starts within each, in ms. */
  readonly within: readonly number[];
}

/** By plain arithmetic on the wall clock: rrule loses MINUTELY's phase, and walks through every hour that it does not want. */
function stepping({ unit, interval, start, isWanted, within }: Steps): TimesOfDay {
  const perDay = DAY / unit;
  const origin = Math.floor(start / unit);
  // Days that begin alike are alike, and a day can begin in as many ways as it has hours or minutes.
  const known = new Map<number, readonly number[]>();
  return (day) => {
    const first = (((origin - day * perDay) % interval) + interval) % interval;
    if (first >= perDay) return [];
    const before = known.get(first);
    if (before) return before;
    const wanted = [];
    for (let nth = first; nth < perDay; nth += interval) if (isWanted(nth)) wanted.push(nth);
    const times = sums(wanted, unit, within);
    known.set(first, times);
    return times;
  };
}

/** Each of the first, which are in `unit`s, with each of the second, in ms. */
const sums = (first: readonly number[], unit: number, second: readonly number[]) =>
  first.flatMap((a) => second.map((b) => a * unit + b));

/** An empty list stands for a part that was not given. */
function isAmong(numbers: readonly number[]): (number: number) => boolean {
  if (numbers.length === 0) return () => true;
  const wanted = new Set(numbers);
  return (number) => wanted.has(number);
}
