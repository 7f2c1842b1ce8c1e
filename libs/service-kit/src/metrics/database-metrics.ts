import { Injectable, Logger } from '@nestjs/common';
import { Database } from '@scheduling/persistence';
import { Metrics } from './metrics.ts';

/** What a service sees of its database: how often it had to ask again, for how long, and over how many connections. */
@Injectable()
export class DatabaseMetrics {
  private readonly logger = new Logger('Database');

  constructor(database: Database, metrics: Metrics) {
    const retries = metrics.counter({
      name: 'database_retries_total',
      help: 'Transactions that ran again, by what PostgreSQL ended the attempt before for: 40P01 is a deadlock, 55P03 a lock not had in time.',
      labelNames: ['sqlstate'],
    });
    database.onRetry((sqlstate) => retries.inc({ sqlstate }));

    const slow = metrics.counter({
      name: 'database_slow_statements_total',
      help: 'Statements that took longer than half a second, by where in the code they stand.',
      labelNames: ['statement'],
    });
    database.statements.onSlow(({ statement, milliseconds }) => {
      slow.inc({ statement });
      this.logger.warn({ message: 'A statement was slow.', statement, milliseconds });
    });

    metrics.gauge(
      {
        name: 'database_pool_connections',
        help: 'Connections of this process, and requests that wait for one.',
        labelNames: ['state'],
      },
      () => {
        const { total, idle, waiting } = database.connections;
        return Object.entries({ active: total - idle, idle, waiting }).map(([state, value]) => ({
          labels: { state },
          value,
        }));
      },
    );
  }
}
