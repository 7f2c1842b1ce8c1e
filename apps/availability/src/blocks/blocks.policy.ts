import { parseRule } from '@scheduling/time';
import { RuleMissing, RuleUnexpected } from '../availability.errors.ts';
import { LONGEST, soundRange, wholeSecond } from '../ranges.policy.ts';
import { startWallOf, type Zone } from '../zones.policy.ts';
import type { AvailabilityBlock, OwnTerms } from './blocks.store.ts';

/** What a tutor asks for. */
export interface Wish extends OwnTerms {
  readonly startAt: Date;
  readonly endAt: Date;
  readonly isRecurring: boolean;
  readonly rrule: string | undefined;
  readonly timezone: string | undefined;
  readonly rdates: readonly Date[];
  readonly exdates: readonly Date[];
  readonly onConflict: OnConflict;
}

/** What becomes of time that overlaps other availability: it is offered once, or nothing is kept. */
export type OnConflict = 'merge' | 'refuse';

/** Makes a block of what was asked for, or refuses what is no range or no rule. */
export function soundBlock(wish: Wish, zone: Zone, now: Date): Omit<AvailabilityBlock, 'id' | 'tutorId' | 'version'> {
  const { isRecurring, rrule, lessonMinutes, priceCents, capacity } = wish;
  const [rdates, exdates] = [wish.rdates.map(wholeSecond), wish.exdates.map(wholeSecond)];
  if (isRecurring && rrule === undefined) throw new RuleMissing();
  if (!isRecurring && (rrule !== undefined || rdates.length + exdates.length > 0)) throw new RuleUnexpected();
  const range = soundRange(wish, isRecurring ? LONGEST.recurring : LONGEST.once, now);
  if (rrule !== undefined) parseRule(rrule);
  return {
    ...range,
    rrule: rrule ?? null,
    startWall: isRecurring ? startWallOf(range.startAt, zone.name) : null,
    timezone: zone.name,
    timezoneSource: zone.source,
    rdates,
    exdates,
    lessonMinutes,
    priceCents,
    capacity,
  };
}
