import { Injectable } from '@nestjs/common';
import { Database } from '@scheduling/persistence';
import { KeyRing } from './key-ring.ts';
import { reseal, SEALED_COLUMNS, type SealedColumn, staleOf } from './sealed.store.ts';

const BATCH = 100;

/** Seals everything under the first key, so that the others can be taken out of the ring; safe beside running services. */
@Injectable()
export class KeyRotation {
  constructor(
    private readonly db: Database,
    private readonly ring: KeyRing,
  ) {}

  /** Seals anew what is sealed under another key than the first; answers how many secrets that were. */
  async rotate(): Promise<number> {
    let resealed = 0;
    for (const column of SEALED_COLUMNS) resealed += await this.rotateColumn(column);
    return resealed;
  }

  private async rotateColumn(column: SealedColumn): Promise<number> {
    for (let resealed = 0; ;) {
      const done = await this.db.transaction(async (tx) => {
        const stale = await staleOf(tx, column, this.ring.current, BATCH);
        for (const one of stale)
          await reseal(tx, one, this.ring.seal(this.ring.open(one.sealed, one.about), one.about));
        return stale.length;
      });
      if (done === 0) return resealed;
      resealed += done;
    }
  }
}
