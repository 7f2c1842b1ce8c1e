import { Injectable } from '@nestjs/common';
import type { PersonId } from '@scheduling/domain';
import type { Tx } from '@scheduling/persistence';
import { lessonsOf } from '../holds/situation.store.ts';
import { capsReached, countedSpan, type Span } from '../slots/caps.policy.ts';
import { type FreeSlot, freeSlotsOf } from './free-slots.store.ts';

@Injectable()
export class FreeSlotsService {
  /** The slots of a tutor that can be held just now, or could if nobody waited for them; the tutor is locked. */
  async find(tx: Tx, tutor: PersonId, span: Span, student: PersonId | null): Promise<FreeSlot[]> {
    const free = await freeSlotsOf(tx, tutor, span, student);
    const [first] = free;
    const counted = first ? countedSpan(first, span) : null;
    if (!first || !counted) return free;
    const reached = capsReached(first, await lessonsOf(tx, tutor, counted));
    return free.filter((slot) => reached(slot) === null);
  }
}
