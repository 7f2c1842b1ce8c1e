import { DAY, weekdayOf } from './periods.ts';
import type { Rule, WeekdayOf } from './rule.ts';

type Limit = (wall: Date) => boolean;

/**
 * The parts that only limit this frequency (RFC 5545's table of §3.3.10), as a test of a wall time; `rest` is what is left of the rule.
 * Left to rrule, they make it search until the year 9999 for what never comes.
 */
export function splitLimits(rule: Rule): { keeps: (wall: number) => boolean; rest: Rule } {
  const { frequency } = rule;
  if (frequency === 'YEARLY') return { keeps: () => true, rest: rule };
  const limits: Limit[] = [limitBy(rule.byMonth, (wall) => wall.getUTCMonth() + 1)];
  const rest = { ...rule, byMonth: [] };
  if (frequency === 'WEEKLY') return { keeps: all(limits), rest };
  if (frequency === 'MONTHLY') {
    if (rule.byMonthDay.length === 0) return { keeps: all(limits), rest };
    return { keeps: all([...limits, limitByWeekday(rule.byDay)]), rest: { ...rest, byDay: [] } };
  }
  limits.push(
    limitFromBothEnds(rule.byMonthDay, dayOfMonth, daysInMonth),
    limitFromBothEnds(rule.byYearDay, dayOfYear, daysInYear),
    limitByWeekday(rule.byDay),
  );
  if (frequency !== 'DAILY') limits.push(limitBy(rule.byHour, (wall) => wall.getUTCHours()));
  if (frequency === 'MINUTELY') limits.push(limitBy(rule.byMinute, (wall) => wall.getUTCMinutes()));
  return { keeps: all(limits), rest: { ...rest, byMonthDay: [], byYearDay: [], byDay: [] } };
}

const all = (limits: Limit[]) => (wall: number) => {
  const date = new Date(wall);
  return limits.every((allows) => allows(date));
};

const limitBy = (numbers: readonly number[], read: (wall: Date) => number): Limit =>
  numbers.length === 0 ? () => true : (wall) => numbers.includes(read(wall));

function limitFromBothEnds(numbers: readonly number[], read: (d: Date) => number, length: (d: Date) => number): Limit {
  if (numbers.length === 0) return () => true;
  return (wall) => numbers.includes(read(wall)) || numbers.includes(read(wall) - length(wall) - 1);
}

function limitByWeekday(days: readonly WeekdayOf[]): Limit {
  if (days.length === 0) return () => true;
  return (wall) => {
    const weekday = weekdayOf(wall.getTime());
    const fromStart = Math.ceil(dayOfMonth(wall) / 7);
    const fromEnd = -Math.ceil((daysInMonth(wall) - dayOfMonth(wall) + 1) / 7);
    return days.some((day) => day.weekday === weekday && [undefined, fromStart, fromEnd].includes(day.nth));
  };
}

const dayOfMonth = (wall: Date) => wall.getUTCDate();
const daysInMonth = (wall: Date) => new Date(Date.UTC(wall.getUTCFullYear(), wall.getUTCMonth() + 1, 0)).getUTCDate();
const dayOfYear = (wall: Date) => Math.floor((wall.getTime() - Date.UTC(wall.getUTCFullYear(), 0)) / DAY) + 1;
const daysInYear = (wall: Date) => (Date.UTC(wall.getUTCFullYear() + 1, 0) - Date.UTC(wall.getUTCFullYear(), 0)) / DAY;
