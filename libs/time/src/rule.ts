/** The frequencies that we expand, from the longest period to the shortest; RFC 5545's SECONDLY is refused. */
export const FREQUENCIES = ['YEARLY', 'MONTHLY', 'WEEKLY', 'DAILY', 'HOURLY', 'MINUTELY'] as const;

export type Frequency = (typeof FREQUENCIES)[number];

export const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;

/** A weekday (0 is Monday), or with `nth` that one of the month or year, counted from its end if negative. */
export interface WeekdayOf {
  readonly weekday: number;
  readonly nth?: number;
}

/**
 * A recurrence rule as RFC 5545 §3.3.10 means it, without DTSTART; only `parseRule` makes one.
 * Lists are sorted and distinct; an empty one stands for a part that was not given.
 */
export interface Rule {
  readonly frequency: Frequency;
  readonly interval: number;
  readonly count?: number;
  /** The last instant at which an occurrence may start. */
  readonly until?: Date;
  /** The day on which weeks begin, 0 is Monday. */
  readonly weekStart: number;
  readonly byMonth: readonly number[];
  readonly byWeekNo: readonly number[];
  readonly byYearDay: readonly number[];
  readonly byMonthDay: readonly number[];
  readonly byDay: readonly WeekdayOf[];
  readonly byHour: readonly number[];
  readonly byMinute: readonly number[];
  readonly bySecond: readonly number[];
  readonly bySetPos: readonly number[];
}
