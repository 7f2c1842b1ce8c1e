import { Injectable } from '@nestjs/common';
import type { SlotId } from '@scheduling/domain';
import type { Tx } from '@scheduling/persistence';

type Reserve = (tx: Tx, slotIds: readonly SlotId[]) => Promise<void>;

/** Hears of time that comes free or is newly offered. It knows nothing of seats: they give their time back through it. */
@Injectable()
export class ReservationsService {
  private reserveWanted: Reserve = async () => {};

  /** Says what is to be done with such time. */
  serve(work: Reserve): void {
    this.reserveWanted = work;
  }

  /**
   * Reserves what is wanted of these slots, whose tutors are locked: just before COMMIT, so that whoever gave their time back in
   * exchange for another, which may overlap it, has that first.
   */
  reserve(tx: Tx, slotIds: readonly SlotId[]): void {
    if (slotIds.length > 0) tx.beforeCommit(() => this.reserveWanted(tx, slotIds));
  }
}
