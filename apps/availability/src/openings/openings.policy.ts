import type { Opening, Terms } from '@scheduling/contracts';
import {
  type Lesson,
  lessonsOf,
  MAX_LESSONS,
  MAX_LESSONS_PER_DAY,
  parseRule,
  RuleTooExpensive,
  subtract,
  TooManyLessons,
} from '@scheduling/time';
import type { AvailabilityBlock } from '../blocks/blocks.store.ts';
import type { Range } from '../ranges.policy.ts';
import type { Settings } from '../settings/settings.store.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NIGHTLY_HOUR = 2;

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

/**
 * The soonest of what one block gives, where the whole is more than one tutor may offer or more than we work out.
 * A block that fitted when it was entered may not fit later: it begins beyond the horizon, or the lessons got shorter.
 * It must not keep the tutor's other changes, or the nightly run, from being published.
 */
export function soonestOfBlock(block: AvailabilityBlock, settings: Settings, horizon: Horizon): Lesson[] {
  try {
    return lessonsOfBlock(block, settings, horizon);
  } catch (error) {
    if (!(error instanceof TooManyLessons || error instanceof RuleTooExpensive)) throw error;
    const length = horizon.until.getTime() - horizon.from.getTime();
    if (length < HOUR) return [];
    return soonestOfBlock(block, settings, { ...horizon, until: new Date(horizon.from.getTime() + length / 2) });
  }
}

/** The last two o'clock in UTC, from which every tutor's openings reach as far as their horizon. */
export function lastNight(now: Date): Date {
  const today = new Date(now);
  today.setUTCHours(NIGHTLY_HOUR, 0, 0, 0);
  return today <= now ? today : new Date(today.getTime() - DAY);
}

/** All that a tutor wants to teach within the horizon, one lesson a start; the soonest 96 of a UTC day and 2,000 in all. */
export function desiredLessons(lessons: readonly (readonly Lesson[])[], timeOff: readonly Range[]): Lesson[] {
  const byStart = new Map<number, Lesson>();
  for (const lesson of lessons.flat()) {
    // Where two blocks give one start, the older block's lesson stands: both have one length.
    if (!byStart.has(lesson.startAt.getTime())) byStart.set(lesson.startAt.getTime(), lesson);
  }
  const sorted = [...byStart.values()].toSorted((a, b) => a.startAt.getTime() - b.startAt.getTime());
  return subtract(sorted, timeOff).filter(notTooManyADay()).slice(0, MAX_LESSONS);
}

function notTooManyADay(): (lesson: Lesson) => boolean {
  const perDay = new Map<number, number>();
  return ({ startAt }) => {
    const day = Math.floor(startAt.getTime() / DAY);
    const onDay = (perDay.get(day) ?? 0) + 1;
    perDay.set(day, onDay);
    return onDay <= MAX_LESSONS_PER_DAY;
  };
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
