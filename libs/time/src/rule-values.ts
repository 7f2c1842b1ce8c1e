import type { Part } from './rule-parts.ts';
import type { WeekdayOf } from './rule.ts';
import { WEEKDAYS } from './rule.ts';
import { RuleNotUnderstood } from './time.errors.ts';

/** The numbers that a part may hold; `signed` ones may also count from the end, and are never 0. */
export interface Range {
  readonly from: number;
  readonly to: number;
  readonly signed?: boolean;
}

/** Reads a number of at most five digits, such as an INTERVAL. */
export function readNumber(part: Part, range: Range): number {
  return numberIn(part.value, range, part, part.valueAt);
}

/** Reads a list of numbers, and answers it sorted and distinct. */
export function readNumbers(part: Part | undefined, range: Range): number[] {
  if (!part) return [];
  const numbers = items(part).map(({ text, at }) => numberIn(text, range, part, at));
  return [...new Set(numbers)].toSorted((a, b) => a - b);
}

/** Reads a BYDAY list; a number in front of a day is checked against `numbers`, and refused if there is none. */
export function readWeekdays(part: Part | undefined, numbers: Range | undefined): WeekdayOf[] {
  if (!part) return [];
  const distinct = new Map<string, WeekdayOf>();
  for (const { text, at } of items(part)) {
    const [, number, day] = /^([+-]?\d{1,2})?([A-Z]{2})$/.exec(text) ?? [];
    const weekday = weekdayIn(day ?? '', part, at);
    if (number !== undefined && !numbers) throw new RuleNotUnderstood('number_not_allowed', at, part.name);
    const nth = number === undefined || !numbers ? undefined : numberIn(number, numbers, part, at);
    distinct.set(`${nth}${weekday}`, nth === undefined ? { weekday } : { weekday, nth });
  }
  return [...distinct.values()].toSorted((a, b) => (a.nth ?? 0) - (b.nth ?? 0) || a.weekday - b.weekday);
}

/** Reads the one weekday of WKST. */
export function readWeekday(part: Part): number {
  return weekdayIn(part.value, part, part.valueAt);
}

/** Reads UNTIL as an instant: with a time zone in play RFC 5545 wants it in UTC. */
export function readUntil(part: Part): Date {
  const [, y, mo, d, h, mi, s] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(part.value) ?? [];
  const iso = `${y}-${mo}-${d}T${h}:${mi}:${s}.000Z`;
  const until = new Date(iso);
  // Date rolls hour 24 and 30 February over; a real time comes back as it went in.
  if (Number.isNaN(until.getTime()) || until.toISOString() !== iso) {
    throw new RuleNotUnderstood('not_a_utc_time', part.valueAt, part.name);
  }
  return until;
}

function items(part: Part): { text: string; at: number }[] {
  let at = part.valueAt;
  return part.value.split(',').map((text) => {
    const item = { text, at };
    at += text.length + 1;
    return item;
  });
}

function numberIn(text: string, { from, to, signed = false }: Range, part: Part, at: number): number {
  if (!(signed ? /^[+-]?\d+$/ : /^\d+$/).test(text)) throw new RuleNotUnderstood('not_a_number', at, part.name);
  const number = Number(text);
  const size = signed ? Math.abs(number) : number;
  if (size < from || size > to) throw new RuleNotUnderstood('out_of_range', at, part.name);
  if (text.replace(/^[+-]/, '').length > digitsUpTo(to)) throw new RuleNotUnderstood('not_a_number', at, part.name);
  return number;
}

/** The RFC writes days of a year with three digits at most, and everything else in a list with two; leading zeros count. */
const digitsUpTo = (to: number) => (to < 100 ? 2 : to < 1000 ? 3 : 5);

function weekdayIn(text: string, part: Part, at: number): number {
  const weekday = WEEKDAYS.findIndex((day) => day === text);
  if (weekday < 0) throw new RuleNotUnderstood('not_a_weekday', at, part.name);
  return weekday;
}
