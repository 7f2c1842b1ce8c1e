import { parseRule } from '@scheduling/time';
import { RuleMissing, RuleUnexpected } from '../availability.errors.ts';
import { LONGEST, type Range, soundRange, wholeSecond } from '../ranges.policy.ts';
import { startWallOf, type Zone } from '../zones.policy.ts';
import type { TimeOff } from './time-off.store.ts';

/** What a tutor asks for. */
export interface TimeOffWish extends Range {
  readonly isRecurring: boolean;
  readonly rrule: string | undefined;
  readonly timezone: string | undefined;
  readonly exdates: readonly Date[];
}

/** Makes time off of what was asked for, or refuses what is no range or no rule. */
export function soundTimeOff(wish: TimeOffWish, zone: Zone, now: Date): Omit<TimeOff, 'id' | 'tutorId'> {
  const { isRecurring, rrule } = wish;
  const exdates = wish.exdates.map(wholeSecond);
  if (isRecurring && rrule === undefined) throw new RuleMissing();
  if (!isRecurring && (rrule !== undefined || exdates.length > 0)) throw new RuleUnexpected();
  const range = soundRange(wish, isRecurring ? LONGEST.recurringTimeOff : LONGEST.once, now);
  if (rrule !== undefined) parseRule(rrule);
  const startWall = isRecurring ? startWallOf(range.startAt, zone.name) : null;
  return { ...range, rrule: rrule ?? null, startWall, timezone: zone.name, exdates };
}
