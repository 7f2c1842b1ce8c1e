import { MAX_LESSONS_PER_DAY, TooManyLessons } from '@scheduling/time';
import { DateOutOfRange, HoursMissing, HoursNotUnderstood, HoursOverlap } from '../availability.errors.ts';
import type { OnConflict } from '../blocks/blocks.policy.ts';
import type { OwnTerms } from '../blocks/blocks.store.ts';
import { dayOf, hoursOf, lengthsOf } from '../openings/expansion.policy.ts';
import { lengthOf } from '../ranges.policy.ts';
import type { Settings } from '../settings/settings.store.ts';
import type { Zone } from '../zones.policy.ts';
import type { DateOverride, Hours } from './overrides.store.ts';

const DAYS_AHEAD = 5 * 366;
const DAY = 86_400_000;
const MINUTE = 60_000;
const HOUR = /^([01]\d|2[0-3]):[0-5]\d$/;

/** What a tutor wants to do on one date. */
export interface OverrideWish extends OwnTerms {
  readonly date: string;
  readonly timezone: string | undefined;
  readonly mode: DateOverride['mode'];
  readonly hours: readonly Hours[];
  readonly onConflict: OnConflict;
}

/** Makes an override of what was asked for, or refuses hours that are none, and a date that is over or too far ahead. */
export function soundOverride(
  { date, mode, hours, lessonMinutes, priceCents, capacity }: OverrideWish,
  zone: Zone,
  now: Date,
): Omit<DateOverride, 'id' | 'tutorId'> {
  const day = dayOf({ date, timezone: zone.name });
  if (day.endAt <= now || day.startAt.getTime() - now.getTime() > DAYS_AHEAD * DAY) throw new DateOutOfRange();
  if (mode === 'extra' && hours.length === 0) throw new HoursMissing();
  // Written alike, hours are in the order of the clock as texts, too.
  const sorted = hours.toSorted((a, b) => (a.start < b.start ? -1 : 1));
  for (const { start, end } of sorted)
    if (!HOUR.test(start) || !(HOUR.test(end) || end === '24:00') || start >= end) throw new HoursNotUnderstood();
  if (sorted.some(({ start }, nth) => nth > 0 && start < sorted[nth - 1]!.end)) throw new HoursOverlap();
  return { date, timezone: zone.name, mode, hours: sorted, lessonMinutes, priceCents, capacity };
}

/** Refuses hours that give more lessons than a day may have. */
export function refuseTooManyHours(override: DateOverride, settings: Settings): void {
  const { lessonMinutes, stepMinutes } = lengthsOf(override, settings);
  const lessons = hoursOf(override).map(
    (range) => 1 + Math.floor((lengthOf(range) / MINUTE - lessonMinutes) / stepMinutes),
  );
  if (lessons.reduce((sum, many) => sum + Math.max(0, many), 0) > MAX_LESSONS_PER_DAY)
    throw new TooManyLessons(MAX_LESSONS_PER_DAY, 'day', 'hours');
}
