import { parseRule } from '@scheduling/time';
import { RuleMissing, RuleUnexpected } from '../availability.errors.ts';
import { soundRange, wholeSecond } from '../ranges.policy.ts';
import type { Zone } from '../zones.policy.ts';
import type { AvailabilityBlock } from './blocks.store.ts';

/** What a tutor asks for. */
export interface Wish {
  readonly startAt: Date;
  readonly endAt: Date;
  readonly isRecurring: boolean;
  readonly rrule: string | undefined;
  readonly timezone: string | undefined;
  readonly exdates: readonly Date[];
}

/** Makes a block of what was asked for, or refuses what is no range or no rule. */
export function soundBlock(wish: Wish, zone: Zone, now: Date): Omit<AvailabilityBlock, 'id' | 'tutorId'> {
  const { isRecurring, rrule, exdates } = wish;
  if (isRecurring && rrule === undefined) throw new RuleMissing();
  if (!isRecurring && (rrule !== undefined || exdates.length > 0)) throw new RuleUnexpected();
  const range = soundRange(wish, isRecurring, now);
  if (rrule !== undefined) parseRule(rrule);
  const away = exdates.map(wholeSecond);
  return { ...range, rrule: rrule ?? null, timezone: zone.name, timezoneSource: zone.source, exdates: away };
}
