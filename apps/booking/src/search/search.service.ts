import { Injectable } from '@nestjs/common';
import type { PersonId } from '@scheduling/domain';
import { Database, type Tx } from '@scheduling/persistence';
import { capsReached, countedSpan } from '../slots/caps.policy.ts';
import { type AskedRange, type RangeLimit, searchRange } from '../slots/search-range.policy.ts';
import { type FoundSlot, freeSlots, lessonsWithin, type Place, type Wanted } from './search.store.ts';

/** What a search wants beside its window. */
export interface Asked extends Omit<Wanted, 'from' | 'until'> {
  readonly window: AskedRange;
  readonly after: Place | null;
  readonly limit: number;
}

const LIMIT: RangeLimit = { days: 14, endField: 'to' };
/** What one request may cost: some tenths of a second. */
const MOST_SEEN = 4_000;
const WIDER = 4;
const WIDEST = 1_000;
/** Beyond so many slots a tutor with caps may come on two pages. */
const MOST_EARLIER = 4_000;

/** A page of a search: the first free slot of each tutor, the soonest first, and where it ended; null if nobody else is free. */
export interface FreeTutors {
  readonly found: readonly FoundSlot[];
  readonly end: Place | null;
}

@Injectable()
export class SearchService {
  constructor(private readonly db: Database) {}

  /** The first slot that can be held of each tutor who is free in a window, the soonest first. */
  find({ window, after, limit, ...wanted }: Asked): Promise<FreeTutors> {
    return this.db.transaction(async (tx) =>
      firsts(tx, { ...wanted, ...searchRange(window, tx.now, LIMIT) }, after, limit),
    );
  }
}

/**
 * Reads on until so many tutors are found, or so many slots seen: of a tutor with caps several slots come, or none that stays.
 * A page that is not full by then goes on with the next.
 */
async function firsts(tx: Tx, wanted: Wanted, after: Place | null, limit: number): Promise<FreeTutors> {
  const found = new Map<PersonId, FoundSlot>();
  let [place, width] = [after, limit + 1];
  for (let seen = 0; seen < MOST_SEEN;) {
    const { slots, end } = await freeSlots(tx, wanted, { after: place, upTo: null, limit: width });
    const holdable = await withinCaps(tx, slots, wanted);
    const earlier = after ? await foundBefore(tx, holdable, wanted, after) : new Set();
    for (const slot of holdable) {
      if (earlier.has(slot.tutorId) || found.has(slot.tutorId)) continue;
      if (found.size === limit) return { found: [...found.values()], end: [...found.values()].at(-1)! };
      found.set(slot.tutorId, slot);
    }
    if (!end) return { found: [...found.values()], end: null };
    seen += width;
    place = end;
    width = Math.min(width * WIDER, WIDEST);
  }
  return { found: [...found.values()], end: place };
}

/** Tutors with caps of whom an earlier page had a slot. */
async function foundBefore(tx: Tx, slots: readonly FoundSlot[], wanted: Wanted, page: Place): Promise<Set<PersonId>> {
  const tutorIds = [...new Set(slots.filter(hasCaps).map(({ tutorId }) => tutorId))];
  if (tutorIds.length === 0) return new Set();
  const { slots: earlier } = await freeSlots(
    tx,
    { ...wanted, tutorIds },
    { after: null, upTo: page, limit: MOST_EARLIER },
  );
  return new Set((await withinCaps(tx, earlier, wanted)).map(({ tutorId }) => tutorId));
}

async function withinCaps(tx: Tx, slots: readonly FoundSlot[], wanted: Wanted): Promise<FoundSlot[]> {
  const capped = slots.filter(hasCaps);
  if (capped.length === 0) return [...slots];
  const reach = capped.map((slot) => countedSpan(slot, wanted)!);
  const span = {
    from: new Date(Math.min(...reach.map(({ from }) => from.getTime()))),
    until: new Date(Math.max(...reach.map(({ until }) => until.getTime()))),
  };
  const lessons = await lessonsWithin(tx, [...new Set(capped.map(({ tutorId }) => tutorId))], span);
  const reached = new Map(capped.map((slot) => [slot.tutorId, capsReached(slot, lessons.get(slot.tutorId) ?? [])]));
  return slots.filter((slot) => !reached.get(slot.tutorId)?.(slot));
}

const hasCaps = ({ maximumLessonsPerDay: day, maximumLessonsPerWeek: week }: FoundSlot): boolean =>
  day !== null || week !== null;
