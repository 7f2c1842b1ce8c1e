import type { Lesson } from '@scheduling/time';
import type { AvailabilityBlock } from './blocks/blocks.store.ts';
import { overlap, type Range } from './ranges.policy.ts';
import type { BookedLesson } from './taken/taken.store.ts';
import type { TimeOff } from './time-off/time-off.store.ts';

const MOST = 50;

/** Something of the tutor's that has time in common with what they entered. */
export interface Conflict extends Range {
  readonly kind: 'availability' | 'time_off' | 'booking';
  readonly id: string;
}

/** What a block's lessons are held against. */
export interface Standing {
  readonly others: readonly { block: AvailabilityBlock; lessons: readonly Lesson[] }[];
  readonly timeOff: readonly TimeOff[];
  readonly booked: readonly BookedLesson[];
}

/** Names what a block's lessons meet, the soonest first, 50 at most; a conflict is told, not refused. */
export function conflictsOf(lessons: readonly Lesson[], { others, timeOff, booked }: Standing): Conflict[] {
  const met: Conflict[] = [
    ...timeOff.map((off) => ({ ...off, kind: 'time_off' as const })),
    ...booked.map((lesson) => ({ ...lesson, kind: 'booking' as const })),
    ...others.flatMap(({ block, lessons: theirs }) =>
      theirs.map((lesson) => ({ ...lesson, kind: 'availability' as const, id: block.id })),
    ),
  ];
  return bySoonest(met.filter((range) => meetsAny(range, lessons)));
}

/** The booked lessons that time off meets: they stay, and the tutor is told. */
export const bookedWithin = (booked: readonly BookedLesson[]): Conflict[] =>
  bySoonest(booked.map((lesson) => ({ ...lesson, kind: 'booking' })));

const bySoonest = (conflicts: Conflict[]): Conflict[] =>
  conflicts.toSorted((a, b) => a.startAt.getTime() - b.startAt.getTime()).slice(0, MOST);

/** Lessons are sorted by start and of one length, so the first that ends after the range begins decides. */
function meetsAny(range: Range, lessons: readonly Lesson[]): boolean {
  let [low, high] = [0, lessons.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (lessons[middle]!.endAt > range.startAt) high = middle;
    else low = middle + 1;
  }
  const lesson = lessons[low];
  return lesson !== undefined && overlap(lesson, range);
}
