import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '@scheduling/domain';
import { Database } from '@scheduling/persistence';
import { Metrics } from '@scheduling/service-kit';
import { disableEndpoint, lockEndpoint } from './endpoints.store.ts';
import { markDelivered, markFailed, type Taken, takeDeliveries } from './queue.store.ts';
import { WebhookSender } from './webhook-sender.ts';
import { consequenceOf, type Refused } from './webhooks.policy.ts';

/** More than the longest that a delivery can be on its way. */
const LEASE_SECONDS = 60;
/** How many may be on their way to one endpoint at once. */
export const BESIDE = 4;

@Injectable()
export class SendingService {
  private readonly logger = new Logger(SendingService.name);
  private readonly tries;

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly sender: WebhookSender,
    metrics: Metrics,
  ) {
    this.tries = metrics.counter({
      name: 'webhook_tries_total',
      help: 'Tries to deliver a webhook, by how they ended: delivered, failed, dead (the last one), disabled (their endpoint).',
      labelNames: ['outcome'] as const,
    });
  }

  /** Takes at most so many due deliveries for this worker alone. */
  take(limit: number): Promise<Taken[]> {
    return this.db.transaction((tx) => takeDeliveries(tx, { limit, leaseSeconds: LEASE_SECONDS, beside: BESIDE }));
  }

  /** Posts a delivery that was taken, outside any transaction, and writes down what became of it. */
  async deliver(delivery: Taken): Promise<void> {
    const outcome = await this.sender.send(delivery, this.clock.now());
    // Whoever broke it off leaves it to others, once its lease is over.
    if (outcome.fate === 'broken_off') return;
    if (outcome.fate === 'refused') return this.fail(delivery, outcome.refused);
    await this.db.transaction((tx) => markDelivered(tx, delivery, outcome.status));
    this.tries.inc({ outcome: 'delivered' });
  }

  private async fail(delivery: Taken, refused: Refused): Promise<void> {
    const { id, endpointId, attempts } = delivery;
    const result = await this.db.transaction(async (tx) => {
      const endpoint = await lockEndpoint(tx, endpointId);
      if (!endpoint) return null;
      const { again, restsUntil, disabled } = consequenceOf(refused, { ...endpoint, attempts }, tx.now, Math.random());
      await markFailed(tx, delivery, { ...refused, again, restsUntil });
      if (disabled) await disableEndpoint(tx, endpointId, disabled);
      return disabled ? 'disabled' : again ? 'failed' : 'dead';
    });
    if (!result) return;
    this.tries.inc({ outcome: result });
    this.logger.warn({
      message: 'a webhook was not taken',
      delivery: id,
      endpoint: endpointId,
      attempt: attempts,
      result,
      error: refused.error,
    });
  }
}
