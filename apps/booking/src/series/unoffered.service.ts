import { Injectable } from '@nestjs/common';
import { announce } from '@scheduling/events';
import { Database } from '@scheduling/persistence';
import { skipUnoffered } from './planned.store.ts';
import { dateSkipped } from './series-facts.ts';

const BATCH = 100;

/** Gives up planned dates of series that their tutors have never offered. */
@Injectable()
export class UnofferedService {
  constructor(private readonly db: Database) {}

  /** Leaves out all such dates, and says so; answers how many there were. */
  async skipDue(): Promise<number> {
    let skipped = 0;
    for (let last = BATCH; last === BATCH; skipped += last) last = await this.skipBatch();
    return skipped;
  }

  private skipBatch(): Promise<number> {
    return this.db.transaction(async (tx) => {
      const dates = await skipUnoffered(tx, 'not_offered', BATCH);
      for (const date of dates) announce(tx, dateSkipped(date, 'not_offered'));
      return dates.length;
    });
  }
}
