import { Count, Instant, ListOf, Maybe, Moment, Nullable, OneOf, OpenWord, Text, Uuid } from '@scheduling/contracts';
import { Type } from 'class-transformer';
import { webhookIdOf } from './webhook-id.ts';
import type { Logged } from './webhook-log.store.ts';

/** Where a delivery can stand. */
const STATES = ['planned', 'sending', 'delivered', 'dead'] as const;

export class ListDeliveries {
  /** Where they stand. */
  @Maybe() @OneOf(STATES) readonly state?: (typeof STATES)[number];
  /** At most so many. */
  @Maybe() @Type(() => Number) @Count(1, 100) readonly limit: number = 50;
  /** Where the page before ended: its `next_cursor`. */
  @Maybe() @Uuid() readonly cursor?: string;
}

export class ReplayWindow {
  /** The first instant whose events are sent again, by the time when they were stated. */
  @Moment() readonly from!: string;
  /** The first instant whose events are not; without it all since then are. */
  @Maybe() @Moment() readonly until?: string;
}

export class ReplayedView {
  /** How many deliveries are made again. */
  @Count(0, Number.MAX_SAFE_INTEGER) readonly planned!: number;
}

export class WebhookDeliveryView {
  /** The delivery's id here. */
  @Uuid() readonly delivery_id!: string;
  /** The event: the `id` of what is sent. */
  @Uuid() readonly event_id!: string;
  /** What the header `webhook-id` says, the same at each try. */
  @Text(1, 200) readonly webhook_id!: string;
  /** The event's name, or `webhook.test`. */
  @OpenWord() readonly event_type!: string;
  /** When it was stated. */
  @Instant() readonly event_at!: string;
  /** Where it stands: `planned`, `sending`, `delivered`, or `dead` where its tries are used up. */
  @OneOf(STATES) readonly state!: string;
  /** How often it was tried since it was planned. */
  @Count(0, Number.MAX_SAFE_INTEGER) readonly attempts!: number;
  /** The status of the last answer; null where there was none. */
  @Nullable() @Count(0, 999) readonly last_status!: number | null;
  /** Why the last try failed, such as `answered 500` or `timeout`; null where it did not. */
  @Nullable() @Text(1, 200) readonly last_error!: string | null;
  /** When it is tried next, if its endpoint is enabled; null where it is not. */
  @Nullable() @Instant() readonly next_attempt_at!: string | null;
  /** When the event was heard here. */
  @Instant() readonly created_at!: string;
  /** When it was taken, the last time that it was; null while it never was. */
  @Nullable() @Instant() readonly delivered_at!: string | null;

  /** Shows what became of an event at an endpoint. */
  static of(delivery: Logged): WebhookDeliveryView {
    const isOver = delivery.state === 'delivered' || delivery.state === 'dead';
    return {
      delivery_id: delivery.id,
      event_id: delivery.eventId,
      webhook_id: webhookIdOf(delivery.eventId, delivery.endpointId),
      event_type: delivery.name,
      event_at: delivery.eventAt.toISOString(),
      state: delivery.state,
      attempts: delivery.attempts,
      last_status: delivery.lastStatus,
      last_error: delivery.lastError,
      next_attempt_at: isOver ? null : delivery.nextAttemptAt.toISOString(),
      created_at: delivery.createdAt.toISOString(),
      delivered_at: delivery.deliveredAt?.toISOString() ?? null,
    };
  }
}

export class WebhookDeliveryPage {
  /** The newest first. */
  @ListOf(() => WebhookDeliveryView, 100) readonly items!: WebhookDeliveryView[];
  /** What to ask the next page with; null on the last one. */
  @Nullable() @Uuid() readonly next_cursor!: string | null;

  /** Shows a page of the log; one more row than the limit tells that there is another page. */
  static of(found: readonly Logged[], limit: number): WebhookDeliveryPage {
    const items = found.slice(0, limit).map(WebhookDeliveryView.of);
    return { items, next_cursor: found.length > limit ? items.at(-1)!.delivery_id : null };
  }
}
