import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { loggable } from '@scheduling/domain';
import { Database, type Tx } from '@scheduling/persistence';
import { takePayments } from './payments.store.ts';
import { RefundingService } from './refunding.service.ts';
import { takeRefunds } from './refunds.store.ts';
import { SettlingService } from './settling.service.ts';
import { LEASE_SECONDS } from './stripe-confirm.service.ts';
import { StripeEventWork } from './stripe-event-work.service.ts';
import { takeEvents } from './stripe-events.store.ts';
import { StripeQueue } from './stripe-queue.ts';

const AT_ONCE = 4;

/** Works off what is due at Stripe: events, payments and refunds stand in tables of their own, for any number of replicas. */
@Injectable()
export class StripeWork implements OnApplicationShutdown {
  private readonly logger = new Logger(StripeWork.name);

  constructor(
    private readonly db: Database,
    private readonly queue: StripeQueue,
    private readonly events: StripeEventWork,
    private readonly settling: SettlingService,
    private readonly refunding: RefundingService,
  ) {
    queue.serve(() => this.workOff());
  }

  onApplicationShutdown(): Promise<void> {
    return this.queue.idle();
  }

  private async workOff(): Promise<void> {
    await this.workOn(takeEvents, (event) => this.events.work(event));
    await this.workOn(takePayments, (payment) => this.settling.settle(payment));
    await this.workOn(takeRefunds, (refund) => this.refunding.settle(refund));
  }

  private async workOn<Row extends { id: string }>(
    take: (tx: Tx, limit: number, leaseSeconds: number) => Promise<Row[]>,
    work: (row: Row) => Promise<void>,
  ): Promise<void> {
    for (;;) {
      const rows = await this.db.transaction((tx) => take(tx, AT_ONCE, LEASE_SECONDS));
      if (rows.length === 0) return;
      await Promise.all(rows.map((row) => this.orLog(row, work)));
    }
  }

  /** What became of a row that cannot be worked on is found out when its lease ends; it holds up no other. */
  private async orLog<Row extends { id: string }>(row: Row, work: (row: Row) => Promise<void>): Promise<void> {
    try {
      await work(row);
    } catch (error) {
      this.logger.error({ message: 'Work at Stripe failed.', row: row.id, error: loggable(error) });
    }
  }
}
