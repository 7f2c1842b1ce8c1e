import type { Terms } from '@scheduling/contracts';
import { localDay, localWeek } from '@scheduling/time';
import type { Range } from '../ranges.policy.ts';
import type { TakenSeat } from '../taken/taken.store.ts';

const MINUTE = 60_000;

/** What others have to do with a lesson that nobody can take. */
export type TakenReason = 'held' | 'booked' | 'buffer' | 'cap';

/** A lesson that somebody sits in; instants in ms. */
interface Taken {
  readonly start: number;
  readonly end: number;
  /** With the buffers that the tutor had when it was taken. */
  readonly from: number;
  readonly until: number;
  readonly seats: number;
  readonly holds: number;
}

/** What the seats that are taken leave of a tutor's other lessons: booking refuses a hold for the same reasons. */
export function takenBy(
  seats: readonly TakenSeat[],
  terms: Terms,
): (lesson: Range & { readonly capacity: number }) => TakenReason[] {
  const lessons = lessonsOf(seats);
  const isFull = capsReached(lessons, terms);
  return ({ startAt, endAt, capacity }) => {
    const [start, end] = [startAt.getTime(), endAt.getTime()];
    const [from, until] = [start - terms.buffer_before_minutes * MINUTE, end + terms.buffer_after_minutes * MINUTE];
    const reasons = new Set<TakenReason>();
    let isTaught = false;
    for (const other of lessons) {
      if (other.start === start) {
        isTaught = true;
        if (other.seats >= capacity) reasons.add(other.holds > 0 ? 'held' : 'booked');
      } else if (other.start < end && other.end > start) reasons.add(other.holds === other.seats ? 'held' : 'booked');
      else if (other.from < until && other.until > from) reasons.add('buffer');
    }
    // A lesson that is taught has been counted.
    if (!isTaught && isFull(startAt)) reasons.add('cap');
    return [...reasons];
  };
}

/** A group's seats are one lesson: what starts together is the same. */
function lessonsOf(seats: readonly TakenSeat[]): Taken[] {
  const together = Map.groupBy(seats, ({ startAt }) => startAt.getTime());
  return [...together].map(([start, group]) => {
    const end = Math.max(...group.map(({ endAt }) => endAt.getTime()));
    const before = Math.max(...group.map(({ bufferBeforeMinutes }) => bufferBeforeMinutes));
    const after = Math.max(...group.map(({ bufferAfterMinutes }) => bufferAfterMinutes));
    const holds = group.filter(({ kind }) => kind === 'held').length;
    return { start, end, from: start - before * MINUTE, until: end + after * MINUTE, seats: group.length, holds };
  });
}

/** Whether an instant lies on a day or in a week of the tutor's in which they teach as much as they want to. */
function capsReached(lessons: readonly Taken[], terms: Terms): (at: Date) => boolean {
  const { timezone, maximum_lessons_per_day: perDay, maximum_lessons_per_week: perWeek } = terms;
  const starts = lessons.map(({ start }) => new Date(start));
  const full = [
    ...fullSpans(starts, perDay, (at) => localDay(at, timezone)),
    ...fullSpans(starts, perWeek, (at) => localWeek(at, timezone)),
  ];
  return (at) => full.some(({ from, until }) => from <= at && at < until);
}

interface Span {
  readonly from: Date;
  readonly until: Date;
}

function fullSpans(starts: readonly Date[], maximum: number | undefined, spanOf: (at: Date) => Span): Span[] {
  if (maximum === undefined) return [];
  const bySpan = Map.groupBy(starts.map(spanOf), ({ from }) => from.getTime());
  return [...bySpan.values()].filter((spans) => spans.length >= maximum).map(([span]) => span!);
}
