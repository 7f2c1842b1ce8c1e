import { Injectable, Logger } from '@nestjs/common';
import { loggable } from '@scheduling/domain';
import { Database } from '@scheduling/persistence';
import type Stripe from 'stripe';
import { StripeClient } from './stripe-client.ts';
import { HEARD_TYPES } from './stripe-event-types.ts';
import { keepEvents, keepReadUntil, readUntil, type StripeEvent } from './stripe-events.store.ts';
import { StripeQueue } from './stripe-queue.ts';

/** Stripe's list is read again from so long before the last time, since an event may show up late, in milliseconds. */
const OVERLAP_MS = 10 * 60_000;
const PAGE = 100;

/** Hears what Stripe tells, and keeps it for when there is time to work on it. */
@Injectable()
export class StripeEventsService {
  private readonly logger = new Logger(StripeEventsService.name);

  constructor(
    private readonly db: Database,
    private readonly stripe: StripeClient,
    private readonly queue: StripeQueue,
  ) {}

  /** Keeps what a webhook brought, if Stripe signed it, for when the answer is given. */
  async receive(body: Buffer, signature: string): Promise<void> {
    await this.keep([this.stripe.verified(body, signature)]);
  }

  /** Makes up for lost webhooks, lost answers and crashes: reads what Stripe has told, and again what is not settled. */
  async minute(): Promise<void> {
    if (!this.stripe.isOn) return;
    try {
      await this.catchUp();
    } catch (error) {
      this.logger.warn({ message: "Stripe's events wait for the next minute.", error: loggable(error) });
    }
    this.queue.begin();
    await this.queue.idle();
  }

  /** Reads what Stripe has told since the last time, for webhooks that never arrived. */
  private async catchUp(): Promise<void> {
    const { now, since } = await this.db.transaction(async (tx) => ({
      now: tx.now,
      since: (await readUntil(tx)) ?? tx.now,
    }));
    const from = Math.floor((since.getTime() - OVERLAP_MS) / 1000);
    for (let after: string | undefined; ;) {
      const mark = after === undefined ? {} : { starting_after: after };
      const asked = { types: [...HEARD_TYPES], created: { gte: from }, limit: PAGE, ...mark };
      const page = await this.stripe.ask(({ events }) => events.list(asked));
      await this.keep(page.data);
      after = page.data.at(-1)?.id;
      if (!page.has_more || after === undefined) break;
    }
    await this.db.transaction((tx) => keepReadUntil(tx, now));
  }

  private keep(events: readonly Stripe.Event[]): Promise<void> {
    const known = events.filter(({ type }) => (HEARD_TYPES as readonly string[]).includes(type)).map(keptOf);
    return this.db.transaction(async (tx) => {
      if (known.length > 0 && (await keepEvents(tx, known)) > 0) this.queue.afterCommit(tx);
    });
  }
}

/** Without what it said: that may hold secrets, and is out of date. */
const keptOf = ({ id, type, created, data }: Stripe.Event): StripeEvent => ({
  id,
  type,
  objectId: String((data.object as { id?: string }).id),
  statedAt: new Date(created * 1000),
});
