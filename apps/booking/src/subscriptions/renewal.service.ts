import { Injectable } from '@nestjs/common';
import type { PersonId } from '@scheduling/domain';
import { Database, type Tx } from '@scheduling/persistence';
import { periodAt } from './periods.policy.ts';
import { rollTo } from './periods.store.ts';
import { lockDue, lockDueOf, type Subscription } from './subscriptions.store.ts';

const BATCH = 100;

/** Begins the periods of subscriptions that follow the calendar. */
@Injectable()
export class RenewalService {
  constructor(private readonly db: Database) {}

  /** Begins all periods that are due, a bounded batch a transaction; answers how many. */
  async renewDue(batch = BATCH): Promise<number> {
    let renewed = 0;
    for (;;) {
      const some = await this.db.transaction(async (tx) => this.renew(tx, await lockDue(tx, batch)));
      if (some === 0) return renewed;
      renewed += some;
    }
  }

  /** Begins a student's periods that are due: whoever needs one does not wait for the clock. */
  async renewOf(tx: Tx, student: PersonId): Promise<void> {
    await this.renew(tx, await lockDueOf(tx, student));
  }

  /** Begins the periods that are due of these subscriptions, which are locked. */
  async renew(tx: Tx, due: readonly Subscription[]): Promise<number> {
    for (const subscription of due) {
      const { id, startsAt, period, lessonsPerPeriod } = subscription;
      // Nobody could use what was missed in between.
      await rollTo(tx, id, periodAt(startsAt, period, tx.now), lessonsPerPeriod);
    }
    return due.length;
  }
}
