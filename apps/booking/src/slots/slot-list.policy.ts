import { capsReached } from './caps.policy.ts';
import type { ListedSlot, ListFacts, Page } from './slot-search.store.ts';

/** How long a list is right at most, for all that this process may not have heard of. */
const CEILING_MS = 5000;
const MINUTE = 60_000;

/** A tutor's slots that can be held, and until when that list is right: ms since 1970. */
export interface RightList {
  readonly slots: readonly ListedSlot[];
  readonly until: number;
}

/** Takes out what the tutor's caps rule out, and says when time itself changes the list: a hold runs out, or a slot comes too near. */
export function rightList(
  facts: ListFacts | null,
  found: readonly ListedSlot[],
  { limit }: Pick<Page, 'limit'>,
): RightList {
  if (!facts) return { slots: [], until: 0 };
  const reached = capsReached(facts, facts.lessons);
  const slots = found.filter((slot) => reached(slot) === null).slice(0, limit);
  const tooNear = slots[0] ? slots[0].startAt.getTime() - facts.minimumNoticeMinutes * MINUTE : Infinity;
  const lapse = facts.nextLapseAt?.getTime() ?? Infinity;
  return { slots, until: Math.min(facts.now.getTime() + CEILING_MS, tooNear, lapse) };
}
