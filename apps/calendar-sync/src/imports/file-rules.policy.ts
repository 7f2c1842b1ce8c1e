import { type Budget, expandRule, parseRule } from '@scheduling/time';

/** More starts of one rule, or busy times of one file, than anybody has: such a file is not believed. */
export const MOST = 5000;
/** Below this year the recurrence of libs/time does not reach. */
const FIRST_YEAR = 1970;
/** After so many years the calendar repeats, weekdays and leap days included (from 1901 to 2099). */
const CYCLE = 28;

/**
 * The wall times (held in UTC fields) within a window at which a rule starts. What began before 1970 begins as many whole cycles
 * later: birthdays do, and zones since 1601.
 */
export function wallStarts(
  text: string,
  start: Date,
  window: { readonly from: Date; readonly until: Date },
  budget: Budget,
): Date[] {
  const rule = parseRule(text);
  const early = FIRST_YEAR - start.getUTCFullYear();
  const years = CYCLE * rule.interval;
  const startWall = new Date(start);
  if (early > 0 && rule.count === undefined) {
    startWall.setUTCFullYear(start.getUTCFullYear() + Math.ceil(early / years) * years);
  }
  return expandRule(rule, { startAt: startWall, startWall, timezone: 'UTC' }, window, { maxStarts: MOST, budget });
}
