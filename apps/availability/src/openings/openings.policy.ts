import type { Opening, Terms } from '@scheduling/contracts';
import { type Lesson, lessonsOf, MAX_LESSONS, parseRule, subtract } from '@scheduling/time';
import type { AvailabilityBlock } from '../blocks/blocks.store.ts';
import type { Range } from '../ranges.policy.ts';
import type { Settings } from '../settings/settings.store.ts';

const DAY = 86_400_000;

/** The time for which a tutor's openings are worked out, from now to the horizon. */
export interface Horizon {
  readonly from: Date;
  readonly until: Date;
}

/** From now on as far as the tutor's settings look ahead. */
export const horizonOf = ({ horizonDays }: Settings, now: Date): Horizon => ({
  from: now,
  until: new Date(now.getTime() + horizonDays * DAY),
});

/** The lessons that one block gives within the horizon, time off not yet taken out. */
export function lessonsOfBlock(block: AvailabilityBlock, settings: Settings, horizon: Horizon): Lesson[] {
  const { rrule, startAt, endAt, timezone, exdates } = block;
  const rule = rrule === null ? null : parseRule(rrule);
  return lessonsOf({ startAt, endAt, rule, timezone, exdates, lessonMinutes: settings.lessonMinutes }, horizon);
}

/** Everything that a tutor wants to teach within the horizon, one lesson a start, the soonest 2,000 at most. */
export function desiredLessons(lessons: readonly (readonly Lesson[])[], timeOff: readonly Range[]): Lesson[] {
  const byStart = new Map<number, Lesson>();
  for (const lesson of lessons.flat()) {
    // Where two blocks give one start, the older block's lesson stands: both have one length.
    if (!byStart.has(lesson.startAt.getTime())) byStart.set(lesson.startAt.getTime(), lesson);
  }
  const sorted = [...byStart.values()].toSorted((a, b) => a.startAt.getTime() - b.startAt.getTime());
  return subtract(sorted, timeOff).slice(0, MAX_LESSONS);
}

/** The lessons as an event carries them. */
export function openingsOf(lessons: readonly Lesson[], settings: Settings): Opening[] {
  if (lessons.length === 0) return [];
  const starts = lessons.map(({ startAt }) => startAt.toISOString());
  return [{ minutes: settings.lessonMinutes, price_cents: settings.priceCents, capacity: 1, starts }];
}

/** What booking must enforce; a tutor who named no timezone is taken to live on the clock of their first rule. */
export const termsOf = (settings: Settings, blocks: readonly AvailabilityBlock[]): Terms => ({
  timezone: settings.timezone ?? blocks[0]?.timezone ?? 'UTC',
  currency: settings.currency,
  buffer_before_minutes: settings.bufferBeforeMinutes,
  buffer_after_minutes: settings.bufferAfterMinutes,
  minimum_notice_minutes: settings.minimumNoticeMinutes,
});
