import { Injectable } from '@nestjs/common';
import type { PersonId } from '@scheduling/domain';
import { Database } from '@scheduling/persistence';
import { clearOldSlots } from './cleanup.store.ts';

const BATCH = { tutors: 100, slotsOfEach: 100 };

@Injectable()
export class CleanupService {
  constructor(private readonly db: Database) {}

  /**
   * Soft-deletes the slots that ended over three months ago, a bounded batch a transaction; answers how many.
   * Each batch remembers how far it came, so that whoever runs after a crash goes on from there.
   */
  async clear(batch = BATCH): Promise<number> {
    let slots = 0;
    for (let after: PersonId | null = null; ;) {
      const cleared = await this.db.transaction((tx) => clearOldSlots(tx, after, batch));
      if (cleared.last === null) return slots;
      slots += cleared.slots;
      if (!cleared.hasLeftSome) after = cleared.last;
    }
  }
}
