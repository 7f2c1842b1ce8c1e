import { Injectable } from '@nestjs/common';
import { Database } from '@scheduling/persistence';
import { Metrics } from './metrics.ts';

/** Counts how often a transaction had to run again, which no caller hears of. */
@Injectable()
export class RetryCounter {
  constructor(database: Database, metrics: Metrics) {
    const retries = metrics.counter({
      name: 'database_retries_total',
      help: 'Transactions that ran again, by what PostgreSQL ended the attempt before for: 40P01 is a deadlock, 55P03 a lock not had in time.',
      labelNames: ['sqlstate'],
    });
    database.onRetry((sqlstate) => retries.inc({ sqlstate }));
  }
}
