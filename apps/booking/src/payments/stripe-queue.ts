import { Injectable, Logger } from '@nestjs/common';
import { loggable } from '@scheduling/domain';
import type { Tx } from '@scheduling/persistence';
import { StripeClient } from './stripe-client.ts';

/** Has what is due at Stripe worked off, one round at a time, as soon as there is something. */
@Injectable()
export class StripeQueue {
  private readonly logger = new Logger(StripeQueue.name);
  private work: () => Promise<void> = async () => {};
  private isWanted = false;
  private working: Promise<void> | null = null;

  constructor(private readonly stripe: StripeClient) {}

  /** Says how what is due is worked off. */
  serve(work: () => Promise<void>): void {
    this.work = work;
  }

  /** Has a round begin right after the commit; should the process die before, the next minute makes up for it. */
  afterCommit(tx: Tx): void {
    tx.afterCommit(() => this.begin());
  }

  /** Has a round begin, after the one under way; where no card is taken nothing ever does. */
  begin(): void {
    if (!this.stripe.isOn) return;
    this.isWanted = true;
    this.working ??= this.workOff().finally(() => (this.working = null));
  }

  /** Comes back when nothing is left to do. */
  async idle(): Promise<void> {
    while (this.working) await this.working;
  }

  private async workOff(): Promise<void> {
    while (this.isWanted) {
      this.isWanted = false;
      try {
        await this.work();
      } catch (error) {
        this.logger.warn({ message: 'What is due at Stripe waits for the next minute.', error: loggable(error) });
      }
    }
  }
}
