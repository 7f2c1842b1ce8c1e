import type { Frequency } from './rule.ts';

export const MINUTE = 6e4;
export const HOUR = 36e5;
export const DAY = 864e5;

/** How many ms a period has on a wall clock, where it always has the same number. */
const LENGTH = { WEEKLY: 7 * DAY, DAILY: DAY, HOURLY: HOUR, MINUTELY: MINUTE };

/** Numbers the periods of one frequency without gaps, so that INTERVAL is plain subtraction. Wall times are ms as if UTC. */
export interface Periods {
  /** The number of the period that contains a wall time. */
  of(wall: number): number;
  /** The wall time at which a period begins. */
  startOf(period: number): number;
}

/** The periods of a frequency; weeks begin on `weekStart`, 0 is Monday. */
export function periodsOf(frequency: Frequency, weekStart: number): Periods {
  if (frequency === 'YEARLY') {
    return { of: (wall) => new Date(wall).getUTCFullYear(), startOf: (year) => Date.UTC(year, 0) };
  }
  if (frequency === 'MONTHLY') {
    return {
      of: (wall) => new Date(wall).getUTCFullYear() * 12 + new Date(wall).getUTCMonth(),
      startOf: (month) => Date.UTC(Math.floor(month / 12), month % 12),
    };
  }
  const length = LENGTH[frequency];
  // 1 January 1970 was a Thursday: its week began three days before.
  const shift = frequency === 'WEEKLY' ? (weekStart - 3) * DAY : 0;
  return { of: (wall) => Math.floor((wall - shift) / length), startOf: (period) => period * length + shift };
}

/** The weekday of a wall time, 0 is Monday. */
export const weekdayOf = (wall: number) => (new Date(wall).getUTCDay() + 6) % 7;
