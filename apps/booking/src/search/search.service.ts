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
/** A tutor offers 96 lessons a day at most, a window has 14 days, and a page 100 tutors. */
const MOST_EARLIER = 134_400;

@Injectable()
export class SearchService {
  constructor(private readonly db: Database) {}

  /** The first slot that can be held of each tutor who is free in a window, the soonest first. */
  find({ window, after, limit, ...wanted }: Asked): Promise<FoundSlot[]> {
    return this.db.transaction(async (tx) =>
      firsts(tx, { ...wanted, ...searchRange(window, tx.now, LIMIT) }, after, limit),
    );
  }
}

/** Reads on until so many tutors are found: of a tutor with caps several slots come, or none that stays. */
async function firsts(tx: Tx, wanted: Wanted, after: Place | null, limit: number): Promise<FoundSlot[]> {
  const found = new Map<PersonId, FoundSlot>();
  for (let place = after; ;) {
    const batch = await freeSlots(tx, wanted, { after: place, upTo: null, limit });
    const holdable = await withinCaps(tx, batch, wanted);
    const earlier = after ? await foundBefore(tx, holdable, wanted, after) : new Set();
    for (const slot of holdable)
      if (!earlier.has(slot.tutorId) && !found.has(slot.tutorId)) found.set(slot.tutorId, slot);
    const last = batch.at(-1);
    if (!last || batch.length < limit || found.size >= limit) return [...found.values()].slice(0, limit);
    place = last;
  }
}

/** Tutors with caps of whom an earlier page had a slot. */
async function foundBefore(tx: Tx, slots: readonly FoundSlot[], wanted: Wanted, page: Place): Promise<Set<PersonId>> {
  const tutorIds = slots.filter(hasCaps).map(({ tutorId }) => tutorId);
  if (tutorIds.length === 0) return new Set();
  const earlier = await freeSlots(tx, { ...wanted, tutorIds }, { after: null, upTo: page, limit: MOST_EARLIER });
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
