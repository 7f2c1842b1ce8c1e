import type { SlotId } from '@scheduling/domain';
import { localDay, localWeek } from '@scheduling/time';

/** How much a tutor wants to teach, on the clock of their own zone. */
export interface Caps {
  readonly timezone: string;
  /** How many lessons may start on a local day; any number if null. */
  readonly maximumLessonsPerDay: number | null;
  /** How many lessons may start in a local week, from Monday; any number if null. */
  readonly maximumLessonsPerWeek: number | null;
}

/** A slot by its id and start; as a lesson it is one that a live claim of its tutor stands on. */
export interface Lesson {
  readonly id: SlotId;
  readonly startAt: Date;
}

/** Half-open: an instant at `until` is not in it. */
export interface Span {
  readonly from: Date;
  readonly until: Date;
}

/** The cap that keeps a slot from being taken, if any. */
export type CapReached = 'day' | 'week' | null;

/** Whether a tutor counts their lessons at all. */
export const hasCaps = ({ maximumLessonsPerDay, maximumLessonsPerWeek }: Caps): boolean =>
  maximumLessonsPerDay !== null || maximumLessonsPerWeek !== null;

/** The local weeks whose lessons decide about slots that start in a span, which days never leave; null without caps. */
export function countedSpan(caps: Caps, { from, until }: Span): Span | null {
  if (!hasCaps(caps)) return null;
  return { from: localWeek(from, caps.timezone).from, until: localWeek(until, caps.timezone).until };
}

/**
 * Counts a tutor's lessons and tells of each slot which cap is in its way. A lesson counts once however many sit in it,
 * so that a slot which is one already adds nothing.
 */
export function capsReached(caps: Caps, lessons: readonly Lesson[]): (slot: Lesson) => CapReached {
  const taught = new Set(lessons.map(({ id }) => id));
  const starts = lessons.map(({ startAt }) => startAt).toSorted((a, b) => a.getTime() - b.getTime());
  const days = fullSpans(starts, caps.maximumLessonsPerDay, (at) => localDay(at, caps.timezone));
  const weeks = fullSpans(starts, caps.maximumLessonsPerWeek, (at) => localWeek(at, caps.timezone));
  return ({ id, startAt }) => {
    if (taught.has(id)) return null;
    if (isWithin(days, startAt)) return 'day';
    return isWithin(weeks, startAt) ? 'week' : null;
  };
}

/** The spans in which so many of the starts lie, or more; a zone is asked once a span, since that is what costs. */
function fullSpans(starts: readonly Date[], maximum: number | null, spanOf: (at: Date) => Span): Span[] {
  if (maximum === null) return [];
  const full: Span[] = [];
  for (let first = 0, next = 0; first < starts.length; first = next) {
    const span = spanOf(starts[first]!);
    while (next < starts.length && starts[next]! < span.until) next++;
    if (next - first >= maximum) full.push(span);
  }
  return full;
}

const isWithin = (spans: readonly Span[], at: Date): boolean =>
  spans.some(({ from, until }) => from <= at && at < until);
