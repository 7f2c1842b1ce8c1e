import { Injectable } from '@nestjs/common';
import type { PersonId } from '@scheduling/domain';
import { Database } from '@scheduling/persistence';
import { BookingConfig } from '../config.ts';
import { deleteUnnamed, forgetIdleHolds, forgetSeats, takeOldSlots } from './purge.store.ts';

const BATCH = { tutors: 100, slotsOfEach: 50 };

@Injectable()
export class PurgeService {
  constructor(
    private readonly db: Database,
    private readonly config: BookingConfig,
  ) {}

  /**
   * Deletes what the past has left of slots, a bounded batch a transaction: who sat in them, holds that came to nothing, and the slots
   * that nobody booked; answers how many slots went. Each batch remembers how far it came, so whoever runs after a crash goes on from there.
   */
  async purge(batch = BATCH): Promise<number> {
    let slots = 0;
    for (let after: PersonId | null = null; ;) {
      const from = after;
      const old = await this.db.transaction(async (tx) => {
        const found = await takeOldSlots(tx, this.config.PAST_SLOT_DAYS, from, batch);
        await forgetSeats(tx, found.ids);
        await forgetIdleHolds(tx, found.ids);
        return { ...found, gone: await deleteUnnamed(tx, found.ids) };
      });
      if (old.last === null) return slots;
      slots += old.gone;
      if (!old.hasLeftSome) after = old.last;
    }
  }
}
