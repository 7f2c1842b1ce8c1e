import { dayOf } from '../openings/expansion.policy.ts';
import type { Away } from '../openings/openings.policy.ts';
import type { Teaching } from '../openings/teaching.ts';
import { overlap, type Range } from '../ranges.policy.ts';
import type { Conflict, Standing } from './conflicts.policy.ts';

/** A booked lesson that its tutor would not offer any more, and what speaks against it. */
export interface UnwantedLesson extends Conflict {
  /** Empty where the availability itself is gone. */
  readonly against: readonly Conflict[];
}

/** The booked lessons at whose start a tutor offers nothing any more, or that time off or busy time meets, in the order given. */
export function unwantedLessons({ overrides }: Teaching, { candidates, away, booked }: Standing): UnwantedLesson[] {
  const offered = new Set(candidates.map(({ startAt }) => startAt.getTime()));
  const days = overrides
    .filter(({ mode }) => mode === 'instead')
    .map((override): Conflict => ({ kind: 'availability', id: override.id, ...dayOf(override) }));
  return booked.flatMap(({ id, startAt, endAt }) => {
    const isOffered = offered.has(startAt.getTime());
    const absent = away.filter((range) => isKnown(range) && overlap(range, { startAt, endAt }));
    if (isOffered && absent.length === 0) return [];
    const replaced = isOffered ? [] : days.filter((day) => startsWithin(startAt, day));
    return [{ kind: 'booking' as const, id, startAt, endAt, against: [...replaced, ...absent] }];
  });
}

/** That calendars cannot be read closes what is free; it speaks against no lesson. */
const isKnown = ({ kind }: Away) => kind !== 'calendar_unreachable';

const startsWithin = (at: Date, { startAt, endAt }: Range) => at >= startAt && at < endAt;
