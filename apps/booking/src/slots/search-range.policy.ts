import { knownZone, startOfDay, utcToWall } from '@scheduling/time';
import type { Span } from './caps.policy.ts';
import { RangeBackwards, RangeTooLong } from './slots.errors.ts';

const DAY = 86_400_000;
const DEFAULT_DAYS = 28;

/** What a request says of the time that it asks about. */
export interface AskedRange {
  /** A day of the timezone, or an instant. */
  readonly start?: string | undefined;
  /** A day of the timezone, which is then included whole, or an instant, which is not. */
  readonly end?: string | undefined;
  readonly timezone: string;
}

/** How long a range may be, and which field of a request its end stands in. */
export interface RangeLimit {
  readonly days: number;
  readonly endField: 'end_date' | 'to';
}

/** Reads the range `[from, until)` that a request asks about; from now on and four weeks where it does not say. */
export function searchRange(
  { start, end, timezone: asked }: AskedRange,
  now: Date,
  { days, endField }: RangeLimit,
): Span {
  const timezone = knownZone(asked);
  const from = start === undefined ? now : beginning(start, timezone);
  const until = end === undefined ? new Date(from.getTime() + DEFAULT_DAYS * DAY) : ending(end, timezone);
  if (until <= from) throw new RangeBackwards(endField);
  // Days of a range that the clocks make longer or shorter are days all the same.
  const elapsed = until.getTime() - from.getTime();
  const onTheClock = utcToWall(until, timezone).getTime() - utcToWall(from, timezone).getTime();
  if (Math.min(elapsed, onTheClock) > days * DAY) throw new RangeTooLong(days, endField);
  return { from, until };
}

const isDay = (text: string): boolean => text.length === 10;
const beginning = (text: string, timezone: string): Date => (isDay(text) ? startOfDay(text, timezone) : new Date(text));
const ending = (text: string, timezone: string): Date =>
  isDay(text) ? startOfDay(dayAfter(text), timezone) : new Date(text);
const dayAfter = (day: string): string => new Date(Date.parse(`${day}T00:00:00Z`) + DAY).toISOString().slice(0, 10);
