import { knownZone, parseRule, utcToWall, wallToUtc } from '@scheduling/time';
import { NothingToChange, RuleUnexpected } from '../availability.errors.ts';
import { LONGEST, lengthOf, type Range, soundLength, soundRange, wholeSecond } from '../ranges.policy.ts';
import { startWallOf } from '../zones.policy.ts';
import type { OnConflict } from './blocks.policy.ts';
import type { AvailabilityBlock } from './blocks.store.ts';
import type { Scope } from './divide-block.policy.ts';

/** What of a block is to change; what is not there stays. */
export type Change = Partial<
  Pick<
    AvailabilityBlock,
    'startAt' | 'endAt' | 'rrule' | 'timezone' | 'rdates' | 'exdates' | 'lessonMinutes' | 'priceCents' | 'capacity'
  >
>;

/** What a tutor wants of a block of theirs from now on. */
export interface ChangeWish extends Scope {
  readonly change: Change;
  readonly onConflict: OnConflict;
}

/** Refuses a change of nothing, and a rule for one date. */
export function refuseEmpty({ change, scope }: ChangeWish): void {
  if (Object.keys(change).length === 0) throw new NothingToChange();
  if (scope === 'one' && typeof change.rrule === 'string') throw new RuleUnexpected();
}

/**
 * A block after a change, or a refusal of what is no range or no rule. A start that moves takes the end along, and other starts
 * and exceptions too where the rule says no times of its own.
 */
export function changedBlock(block: AvailabilityBlock, change: Change, now: Date): AvailabilityBlock {
  const rrule = change.rrule === undefined ? block.rrule : change.rrule;
  const timezone = change.timezone === undefined ? block.timezone : knownZone(change.timezone);
  const range = changedRange(block, change, rrule === null ? LONGEST.once : LONGEST.recurring, now);
  if (rrule !== null) parseRule(rrule);
  const changed: AvailabilityBlock = {
    ...block,
    ...change,
    ...range,
    rrule,
    timezone,
    timezoneSource: change.timezone === undefined ? block.timezoneSource : 'request',
  };
  return { ...changed, ...changedStarts(block, change, changed) };
}

function changedRange(block: AvailabilityBlock, change: Change, longestDays: number, now: Date): Range {
  const { startAt = block.startAt } = change;
  const range = { startAt, endAt: change.endAt ?? new Date(startAt.getTime() + lengthOf(block)) };
  // A block may be older than what may be entered today.
  if (wholeSecond(startAt).getTime() === block.startAt.getTime()) return soundLength(range, longestDays);
  return soundRange(range, longestDays, now);
}

function changedStarts(
  block: AvailabilityBlock,
  { rdates, exdates }: Change,
  { rrule, startAt, timezone }: AvailabilityBlock,
): Pick<AvailabilityBlock, 'startWall' | 'rdates' | 'exdates'> {
  if (rrule === null) {
    if ((rdates ?? []).length + (exdates ?? []).length > 0) throw new RuleUnexpected();
    return { startWall: null, rdates: [], exdates: [] };
  }
  const stays = block.rrule !== null && block.timezone === timezone && block.startAt.getTime() === startAt.getTime();
  const follows = block.rrule === rrule && block.timezone === timezone && !stays && !saysTimes(rrule);
  const along = (dates: readonly Date[]) => (follows ? moved(dates, block, startAt) : dates);
  return {
    startWall: stays ? block.startWall : startWallOf(startAt, timezone),
    rdates: rdates?.map(wholeSecond) ?? along(block.rdates),
    exdates: exdates?.map(wholeSecond) ?? along(block.exdates),
  };
}

/** Whether a rule names times of day, from which a start that moves does not take it away. */
function saysTimes(rrule: string): boolean {
  const { byHour, byMinute, bySecond } = parseRule(rrule);
  return byHour.length + byMinute.length + bySecond.length > 0;
}

/** Dates that keep their distance from a block's start on the wall clock. */
function moved(dates: readonly Date[], { startAt, startWall, timezone }: AvailabilityBlock, to: Date): Date[] {
  const before = (startWall ?? utcToWall(startAt, timezone)).getTime();
  const distance = utcToWall(to, timezone).getTime() - before;
  return dates.map((at) => wallToUtc(new Date(utcToWall(at, timezone).getTime() + distance), timezone));
}
