import { dayOf, weekdayOf } from './periods.ts';
import type { Rule, WeekdayOf } from './rule.ts';
import { WEEKDAYS } from './rule.ts';

/**
 * Writes out what a rule takes from its start (RFC 5545 §3.3.10: "the same as DTSTART"), so that it may be expanded from
 * the beginning of any period. The start is a wall time in ms as if UTC.
 */
export function writeOut(rule: Rule, start: number): Rule {
  const from = new Date(start);
  const or = (numbers: readonly number[], implied: number) => (numbers.length > 0 ? numbers : [implied]);
  const timed = {
    ...rule,
    byDay: numberAll(rule),
    byHour:
      rule.frequency === 'HOURLY' || rule.frequency === 'MINUTELY' ? rule.byHour : or(rule.byHour, from.getUTCHours()),
    byMinute: rule.frequency === 'MINUTELY' ? rule.byMinute : or(rule.byMinute, from.getUTCMinutes()),
    bySecond: or(rule.bySecond, from.getUTCSeconds()),
  };
  if ([rule.byDay, rule.byMonthDay, rule.byYearDay].some((days) => days.length > 0)) return timed;
  if (rule.byWeekNo.length > 0) return { ...timed, byDay: WEEKDAYS.map((_, weekday) => ({ weekday })) };
  if (rule.frequency === 'WEEKLY') return { ...timed, byDay: [{ weekday: weekdayOf(dayOf(start)) }] };
  if (rule.frequency === 'MONTHLY') return { ...timed, byMonthDay: [from.getUTCDate()] };
  if (rule.frequency !== 'YEARLY') return timed;
  return { ...timed, byMonth: or(rule.byMonth, from.getUTCMonth() + 1), byMonthDay: [from.getUTCDate()] };
}

/** rrule takes `MO,2TU` for a Monday that is the second Tuesday: beside a numbered day, a plain one means each of its kind. */
function numberAll(rule: Rule): readonly WeekdayOf[] {
  if (rule.byDay.every(({ nth }) => nth === undefined)) return rule.byDay;
  const most = rule.frequency === 'YEARLY' && rule.byMonth.length === 0 ? 53 : 5;
  const each = Array.from({ length: most }, (_, i) => i + 1);
  return rule.byDay.flatMap(({ weekday, nth }) =>
    nth === undefined ? each.map((nth) => ({ weekday, nth })) : [{ weekday, nth }],
  );
}
