import type { Frequency } from './rule.ts';

export const MINUTE = 6e4;
export const HOUR = 36e5;
export const DAY = 864e5;

/** The day of a wall time (ms as if UTC), counted from 1 January 1970. */
export const dayOf = (wall: number) => Math.floor(wall / DAY);

/** The weekday of such a day, 0 is Monday: 1 January 1970 was a Thursday. */
export const weekdayOf = (day: number) => (((day + 3) % 7) + 7) % 7;

/** Numbers the years, months or weeks of a rule without gaps, so that INTERVAL is plain subtraction. */
export interface Periods {
  /** The number of the period that contains a day. */
  of(day: number): number;
  /** The day with which a period begins. */
  firstDayOf(period: number): number;
}

/** The periods of a frequency; weeks begin on `weekStart`, 0 is Monday. */
export function periodsOf(frequency: Frequency, weekStart: number): Periods {
  switch (frequency) {
    case 'YEARLY':
      return { of: (day) => new Date(day * DAY).getUTCFullYear(), firstDayOf: (year) => dayOf(Date.UTC(year, 0)) };
    case 'MONTHLY':
      return {
        of: (day) => new Date(day * DAY).getUTCFullYear() * 12 + new Date(day * DAY).getUTCMonth(),
        firstDayOf: (month) => dayOf(Date.UTC(Math.floor(month / 12), month % 12)),
      };
    case 'WEEKLY':
      return {
        of: (day) => Math.floor((day + 3 - weekStart) / 7),
        firstDayOf: (week) => week * 7 - 3 + weekStart,
      };
    default:
      return { of: (day) => day, firstDayOf: (day) => day };
  }
}
