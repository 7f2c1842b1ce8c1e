import { RangeBackwards, RangeTooLong, StartOutOfRange } from './availability.errors.ts';

const DAY = 86_400_000;
const MAX_DAYS = 366;
const MAX_DAYS_RECURRING = 1;
const DAYS_BACK = 366;
const DAYS_AHEAD = 5 * 366;

/** From an instant up to another, which is not in it. */
export interface Range {
  readonly startAt: Date;
  readonly endAt: Date;
}

/** A range that a tutor may enter, in whole seconds: recurrence knows nothing finer. */
export function soundRange({ startAt, endAt }: Range, isRecurring: boolean, now: Date): Range {
  const range = { startAt: wholeSecond(startAt), endAt: wholeSecond(endAt) };
  const days = isRecurring ? MAX_DAYS_RECURRING : MAX_DAYS;
  const length = range.endAt.getTime() - range.startAt.getTime();
  if (length <= 0) throw new RangeBackwards();
  if (length > days * DAY) throw new RangeTooLong(days);
  const ahead = range.startAt.getTime() - now.getTime();
  if (ahead < -DAYS_BACK * DAY || ahead > DAYS_AHEAD * DAY) throw new StartOutOfRange();
  return range;
}

/** Whether two ranges have an instant in common. */
export const overlap = (a: Range, b: Range): boolean => a.startAt < b.endAt && b.startAt < a.endAt;

/** An instant without what is finer than a second. */
export const wholeSecond = (at: Date): Date => new Date(Math.floor(at.getTime() / 1000) * 1000);
