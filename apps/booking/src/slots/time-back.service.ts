import { Injectable } from '@nestjs/common';
import type { Tx } from '@scheduling/persistence';
import { type Place, releaseClaims } from '../claims/claims.store.ts';
import { settleSlots } from './slots.store.ts';

/** The one way in which a seat comes free: whatever ends, ends here. The people and slots are locked. */
@Injectable()
export class TimeBack {
  /** Gives the time of these claims back to their tutors and students. */
  async release(tx: Tx, places: readonly Place[]): Promise<void> {
    if (places.length === 0) return;
    await releaseClaims(tx, places);
    await settleSlots(
      tx,
      places.map(({ slotId }) => slotId),
    );
  }
}
