import { Injectable } from '@nestjs/common';
import type { OpeningsPublished } from '@scheduling/contracts';
import type { PersonId } from '@scheduling/domain';
import { Database, type Tx } from '@scheduling/persistence';
import { lapsedOfTutor } from '../holds/holds.store.ts';
import { LapseService } from '../holds/lapse.service.ts';
import { type AskedRange, searchRange } from './search-range.policy.ts';
import { type ListedSlot, listSlots, type Page } from './slot-search.store.ts';
import { advanceSchedule, reconcileSlots } from './slots.store.ts';

@Injectable()
export class SlotsService {
  constructor(
    private readonly db: Database,
    private readonly lapsing: LapseService,
  ) {}

  /** Offers exactly what a tutor published; openings that are older than the last ones change nothing. */
  async offer(tx: Tx, published: OpeningsPublished): Promise<void> {
    const { tutor_id: tutorId, schedule_version: version, terms } = published;
    await this.lapsing.lock(tx, [tutorId], [], await lapsedOfTutor(tx, tutorId));
    if (await advanceSchedule(tx, tutorId, version, terms)) await reconcileSlots(tx, published);
  }

  /** The slots of a tutor that can be held just now and start in the range asked for. */
  search(tutorId: PersonId, asked: AskedRange, page: Page): Promise<ListedSlot[]> {
    return this.db.transaction((tx) => listSlots(tx, tutorId, searchRange(asked, tx.now), page));
  }
}
