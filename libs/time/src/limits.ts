import { DAY, weekdayOf } from './periods.ts';
import type { Rule } from './rule.ts';

type Limit = (date: Date) => boolean;

/**
 * The day parts that only limit DAILY and shorter rules (RFC 5545's table of §3.3.10), BYMONTH for weeks and months, and BYWEEKNO, as
 * a test of a day. rrule would search until the year 9999 for what the first never let through, and numbers some weeks wrongly.
 */
export function dayLimit(rule: Rule): (day: number) => boolean {
  const limits = limitsOf(rule);
  if (limits.length === 0) return () => true;
  return (day) => {
    const date = new Date(day * DAY);
    return limits.every((allows) => allows(date));
  };
}

function limitsOf(rule: Rule): Limit[] {
  if (rule.frequency === 'YEARLY') return rule.byWeekNo.length > 0 ? [limitByWeek(rule)] : [];
  const limits: Limit[] = [];
  if (rule.byMonth.length > 0) limits.push((date) => rule.byMonth.includes(date.getUTCMonth() + 1));
  if (rule.frequency === 'MONTHLY' || rule.frequency === 'WEEKLY') return limits;
  if (rule.byDay.length > 0) limits.push(limitByWeekday(rule));
  if (rule.byMonthDay.length > 0) limits.push(limitFromBothEnds(rule.byMonthDay, dayOfMonth, daysInMonth));
  if (rule.byYearDay.length > 0) limits.push(limitFromBothEnds(rule.byYearDay, dayOfYear, daysInYear));
  return limits;
}

/** By ISO 8601 a week belongs to the year in which its fourth day lies; RFC 5545 lets it begin on WKST. */
function limitByWeek({ byWeekNo, weekStart }: Rule): Limit {
  const wanted = new Set(byWeekNo);
  return (date) => {
    const day = date.getTime() / DAY;
    const fourth = day - weekdayOf(day - weekStart) + 3;
    const year = new Date(fourth * DAY).getUTCFullYear();
    const number = Math.floor((fourth - Date.UTC(year, 0) / DAY) / 7) + 1;
    const later = Math.floor((Date.UTC(year + 1, 0) / DAY - 1 - fourth) / 7);
    return wanted.has(number) || wanted.has(-1 - later);
  };
}

function limitByWeekday({ byDay }: Rule): Limit {
  const weekdays = new Set(byDay.map(({ weekday }) => weekday));
  return (date) => weekdays.has(weekdayOf(date.getTime() / DAY));
}

function limitFromBothEnds(numbers: readonly number[], read: (d: Date) => number, length: (d: Date) => number): Limit {
  const wanted = new Set(numbers);
  return (date) => wanted.has(read(date)) || wanted.has(read(date) - length(date) - 1);
}

const dayOfMonth = (date: Date) => date.getUTCDate();
const daysInMonth = (date: Date) => new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
const dayOfYear = (date: Date) => (date.getTime() - Date.UTC(date.getUTCFullYear(), 0)) / DAY + 1;
const daysInYear = (date: Date) => (Date.UTC(date.getUTCFullYear() + 1, 0) - Date.UTC(date.getUTCFullYear(), 0)) / DAY;
