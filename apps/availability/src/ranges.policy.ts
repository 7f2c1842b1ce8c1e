import { RangeBackwards, RangeTooLong, StartOutOfRange } from './availability.errors.ts';

const DAY = 86_400_000;
const DAYS_BACK = 366;
const DAYS_AHEAD = 5 * 366;

/** How long a range that a tutor enters may be, in days. */
export const LONGEST = { once: 366, recurring: 1, recurringTimeOff: 7 } as const;

/** From an instant up to another, which is not in it. */
export interface Range {
  readonly startAt: Date;
  readonly endAt: Date;
}

/** A range that a tutor may enter, in whole seconds: recurrence knows nothing finer. */
export function soundRange(range: Range, longestDays: number, now: Date): Range {
  const sound = soundLength(range, longestDays);
  const ahead = sound.startAt.getTime() - now.getTime();
  if (ahead < -DAYS_BACK * DAY || ahead > DAYS_AHEAD * DAY) throw new StartOutOfRange();
  return sound;
}

/** A range in whole seconds that is not too long, whenever it is. */
export function soundLength({ startAt, endAt }: Range, longestDays: number): Range {
  const range = { startAt: wholeSecond(startAt), endAt: wholeSecond(endAt) };
  const length = lengthOf(range);
  if (length <= 0) throw new RangeBackwards();
  if (length > longestDays * DAY) throw new RangeTooLong(longestDays);
  return range;
}

/** Whether two ranges have an instant in common. */
export const overlap = (a: Range, b: Range): boolean => a.startAt < b.endAt && b.startAt < a.endAt;

/** Ranges by their start. */
export const soonestFirst = (a: Range, b: Range): number => a.startAt.getTime() - b.startAt.getTime();

/** How long a range is, in ms. */
export const lengthOf = ({ startAt, endAt }: Range): number => endAt.getTime() - startAt.getTime();

/** An instant without what is finer than a second. */
export const wholeSecond = (at: Date): Date => new Date(Math.floor(at.getTime() / 1000) * 1000);
