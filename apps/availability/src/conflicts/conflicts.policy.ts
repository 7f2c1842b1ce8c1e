import { subtract } from '@scheduling/time';
import { AvailabilityOverlaps } from '../availability.errors.ts';
import { awayOf, type Away, type Candidate, candidatesOf, type Horizon } from '../openings/openings.policy.ts';
import type { Teaching } from '../openings/teaching.ts';
import { overlap, type Range, soonestFirst } from '../ranges.policy.ts';
import type { BookedLesson } from '../taken/taken.store.ts';

const MOST = 50;

/** Something of the tutor's that has time in common with what they entered. */
export interface Conflict extends Range {
  readonly kind: 'availability' | Away['kind'] | 'booking';
  readonly id: string;
}

/** What follows from what a tutor entered: the slots that it gives, and all that it meets, the soonest first. */
export interface Outcome {
  readonly slots: { readonly count: number; readonly first: Date | null; readonly last: Date | null };
  readonly conflicts: readonly Conflict[];
}

/** All of a tutor's within a horizon, worked out. */
export interface Standing {
  readonly candidates: readonly Candidate[];
  readonly away: readonly Away[];
  readonly booked: readonly BookedLesson[];
}

/** Works out what a tutor offers within a horizon, and what keeps them away. */
export const standingOf = (teaching: Teaching, booked: readonly BookedLesson[], horizon: Horizon): Standing => ({
  candidates: candidatesOf(teaching, horizon),
  away: awayOf(teaching, horizon),
  booked,
});

/** The slots that one block or override gives: its lessons less the time away. */
export function slotsOf(id: string, { candidates, away }: Standing): Outcome['slots'] {
  const lessons = subtract(ofSource(id, candidates), away);
  return { count: lessons.length, first: lessons[0]?.startAt ?? null, last: lessons.at(-1)?.startAt ?? null };
}

/** Names what the lessons of one block or override meet, the soonest first; a conflict is told, not refused. */
export function conflictsOf(id: string, { candidates, away, booked }: Standing): Conflict[] {
  const own = ofSource(id, candidates);
  const others = candidates.filter(({ sourceId }) => sourceId !== id);
  const met: Conflict[] = [
    ...others.map(({ sourceId, startAt, endAt }) => ({ kind: 'availability' as const, id: sourceId, startAt, endAt })),
    ...away,
    ...booked.map(asBooking),
  ];
  return met.filter((range) => meetsAny(range, own)).toSorted(soonestFirst);
}

/** The booked lessons that time off meets: they stay, and the tutor is told. */
export const bookedWithin = (timeOff: readonly Range[], booked: readonly BookedLesson[]): Conflict[] =>
  booked.filter((lesson) => timeOff.some((range) => overlap(lesson, range))).map(asBooking);

/** As many conflicts as are told. */
export const soonestFew = (conflicts: readonly Conflict[]): Conflict[] => conflicts.slice(0, MOST);

/** Refuses what meets the tutor's other availability, where they want no such thing to be merged. */
export function refuseOverlaps(conflicts: readonly Conflict[]): void {
  const overlaps = conflicts.filter(({ kind }) => kind === 'availability');
  if (overlaps.length > 0) throw new AvailabilityOverlaps(soonestFew(overlaps));
}

const asBooking = ({ id, startAt, endAt }: BookedLesson): Conflict => ({ kind: 'booking', id, startAt, endAt });

const ofSource = (id: string, candidates: readonly Candidate[]) => candidates.filter(({ sourceId }) => sourceId === id);

/** Lessons of one source are sorted by start and of one length, so the first that ends after the range begins decides. */
function meetsAny(range: Range, lessons: readonly Range[]): boolean {
  let [low, high] = [0, lessons.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (lessons[middle]!.endAt > range.startAt) high = middle;
    else low = middle + 1;
  }
  const lesson = lessons[low];
  return lesson !== undefined && overlap(lesson, range);
}
