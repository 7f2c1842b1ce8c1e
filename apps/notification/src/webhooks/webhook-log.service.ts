import { Injectable } from '@nestjs/common';
import { audit, Database, once, type Repeatable } from '@scheduling/persistence';
import { findEndpoint, lockEndpoint } from './endpoints.store.ts';
import {
  deliveriesOf,
  findDelivery,
  forgetDelivered,
  forgetEvents,
  type Logged,
  type Looked,
  planAgain,
  planWindow,
  type Window,
} from './webhook-log.store.ts';
import { NoWindow, WebhookDeliveryNotFound, WebhookEndpointNotFound } from './webhooks.errors.ts';

/** How long the log tells of what arrived, in days. */
const KEPT_DAYS = 30;
const BATCH = 1000;

@Injectable()
export class WebhookLogService {
  constructor(private readonly db: Database) {}

  /** An endpoint's deliveries, the newest first. */
  list(looked: Looked): Promise<Logged[]> {
    return this.db.transaction(async (tx) => {
      if (!(await findEndpoint(tx, looked.endpointId))) throw new WebhookEndpointNotFound(looked.endpointId);
      return deliveriesOf(tx, looked);
    });
  }

  /** Makes a delivery again, whatever became of it. */
  replay(endpointId: string, id: string, request: Repeatable): Promise<Logged> {
    return this.db.transaction((tx) =>
      once(tx, request, async () => {
        if (!(await findEndpoint(tx, endpointId))) throw new WebhookEndpointNotFound(endpointId);
        if (!(await findDelivery(tx, endpointId, id))) throw new WebhookDeliveryNotFound(id);
        await planAgain(tx, id);
        audit(tx, { action: 'WebhookReplayed', subject: ['webhook_delivery', id] });
        return (await findDelivery(tx, endpointId, id))!;
      }),
    );
  }

  /** Makes all deliveries of a window again, in the order of events; answers how many. */
  replayWindow(endpointId: string, window: Window, request: Repeatable): Promise<{ readonly planned: number }> {
    if (window.until && window.until <= window.from) throw new NoWindow();
    return this.db.transaction((tx) =>
      once(tx, request, async () => {
        if (!(await lockEndpoint(tx, endpointId))) throw new WebhookEndpointNotFound(endpointId);
        audit(tx, { action: 'WebhookWindowReplayed', subject: ['webhook_endpoint', endpointId] });
        return { planned: await planWindow(tx, endpointId, window) };
      }),
    );
  }

  /** Forgets what arrived long ago, and events that go nowhere any more; answers how many deliveries those were. */
  async forget(): Promise<number> {
    const deliveries = await this.inBatches(forgetDelivered);
    await this.inBatches(forgetEvents);
    return deliveries;
  }

  private async inBatches(forgetSome: typeof forgetDelivered): Promise<number> {
    let total = 0;
    for (let gone = BATCH; gone === BATCH; total += gone)
      gone = await this.db.transaction((tx) => forgetSome(tx, daysBefore(tx.now, KEPT_DAYS), BATCH));
    return total;
  }
}

const daysBefore = (now: Date, days: number): Date => new Date(now.getTime() - days * 86_400_000);
