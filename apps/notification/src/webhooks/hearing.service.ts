import { Injectable } from '@nestjs/common';
import { newId } from '@scheduling/domain';
import type { Envelope } from '@scheduling/events';
import { audit, Database, once, type Repeatable, type Tx } from '@scheduling/persistence';
import { lockEndpoint } from './endpoints.store.ts';
import { endpointsWanting, insertFor } from './hearing.store.ts';
import { deliveriesOf, type Logged } from './webhook-log.store.ts';
import { TEST_EVENT } from './offered.ts';
import { WebhookEndpointDisabled, WebhookEndpointNotFound } from './webhooks.errors.ts';

@Injectable()
export class HearingService {
  constructor(private readonly db: Database) {}

  /** Plans to send an event to each endpoint that wants it; an event that is heard again adds nothing. */
  async hear(tx: Tx, envelope: Envelope): Promise<void> {
    const { id, type, time } = envelope;
    // `scheduling.booking.BookingConfirmed.v1`
    const name = type.split('.').at(-2)!;
    const endpoints = await endpointsWanting(tx, name);
    if (endpoints.length === 0) return;
    await insertFor(tx, endpoints, { id, name, at: new Date(time), body: JSON.stringify(envelope) });
  }

  /** Sends an endpoint an event that says nothing, so that somebody sees whether it arrives. */
  tryOut(endpointId: string, request: Repeatable): Promise<Logged> {
    return this.db.transaction((tx) =>
      once(tx, request, async () => {
        const endpoint = await lockEndpoint(tx, endpointId);
        if (!endpoint) throw new WebhookEndpointNotFound(endpointId);
        if (!endpoint.isEnabled) throw new WebhookEndpointDisabled();
        const envelope = testEvent(endpointId, tx.now);
        await insertFor(tx, [endpointId], {
          id: envelope.id,
          name: TEST_EVENT,
          at: tx.now,
          body: JSON.stringify(envelope),
        });
        audit(tx, { action: 'WebhookTested', subject: ['webhook_endpoint', endpointId] });
        return (await deliveriesOf(tx, { endpointId, state: null, after: null, limit: 1 }))[0]!;
      }),
    );
  }
}

const testEvent = (endpointId: string, at: Date): Envelope => ({
  specversion: '1.0',
  id: newId(),
  source: '/services/notification',
  type: TEST_EVENT,
  time: at.toISOString(),
  datacontenttype: 'application/json',
  partitionkey: endpointId,
  data: { endpoint_id: endpointId },
});
