import { Logger } from '@nestjs/common';
import { parse } from '@scheduling/contracts';
import { SpanKind } from '@opentelemetry/api';
import { actAsSystem, continueTrace, type Tx } from '@scheduling/persistence';
import type { Envelope } from './envelope.ts';
import { DeadLetterUnknown } from './event-log.errors.ts';
import { describeFailure, isHopeless, type Patience, PATIENCE, pauseAfter, whereThrown } from './failure.ts';
import type { EventHandler, Subscription } from './subscription.ts';

/** Hears how a delivery to a group ended. */
export type DeliveryTold = (group: string, outcome: 'done' | 'failed' | 'dead') => void;

/** Makes at-least-once delivery have its effect exactly once: the receipt and the effect commit together. */
export class Inbox {
  private readonly logger = new Logger(Inbox.name);

  private tell: DeliveryTold = () => undefined;

  constructor(private readonly patience: Patience = PATIENCE) {}

  /** Has each delivery told. */
  onDelivery(tell: DeliveryTold): void {
    this.tell = tell;
  }

  /** Hands an event to the group's handler, unless the group has had it or does not listen to its type. */
  async take(tx: Tx, subscription: Subscription, envelope: Envelope): Promise<void> {
    const { group, handlers } = subscription;
    if (!handlers.has(envelope.type)) return;
    const receipt = await tx.prepared<{ event_id: string }>`
      with tried as (delete from failed_deliveries where consumer_group = ${group} and event_id = ${envelope.id})
      insert into inbox (consumer_group, event_id, received_at) values (${group}, ${envelope.id}, now())
      on conflict do nothing
      returning event_id`;
    if (receipt.length > 0) await this.handle(tx, subscription, envelope);
  }

  /** Hands an event to the group's handler; the receipt is the caller's, in the same transaction. */
  async handle(tx: Tx, { group, handlers }: Subscription, envelope: Envelope): Promise<void> {
    const handler = handlers.get(envelope.type);
    if (!handler) return;
    await deliver(tx, group, handler, envelope);
    tx.afterCommit(() => this.tell(group, 'done'));
  }

  /**
   * Counts a failed delivery, in a transaction after the one that was rolled back.
   * Gives the milliseconds until the next attempt, or null when there is none: the event is a dead letter by then.
   */
  async failed(tx: Tx, group: string, envelope: Envelope, error: unknown): Promise<number | null> {
    const attempts = await this.count(tx, group, envelope, error);
    if (attempts === undefined) return null;
    const facts = { group, type: envelope.type, event_id: envelope.id, attempts, error: describeFailure(error) };
    if (attempts < this.patience.attempts && !isHopeless(error)) {
      this.tell(group, 'failed');
      this.logger.warn({ message: 'A delivery failed and will be tried again.', ...facts });
      return pauseAfter(attempts, this.patience);
    }
    await this.bury(tx, group, envelope, error, attempts);
    this.tell(group, 'dead');
    this.logger.error({
      message: 'A delivery failed for good: see dead_letters.',
      ...facts,
      stack: whereThrown(error),
    });
    return null;
  }

  /** Runs the handler of a dead letter once more; when it succeeds, the letter is resolved. */
  async redeliver(tx: Tx, { group, handlers }: Subscription, eventId: string): Promise<void> {
    const [letter] = await tx.sql<{ envelope: Envelope }>`
      update dead_letters set resolved_at = now()
       where consumer_group = ${group} and event_id = ${eventId} and resolved_at is null
      returning envelope`;
    const handler = letter && handlers.get(letter.envelope.type);
    if (!handler) throw new DeadLetterUnknown(group, eventId);
    await deliver(tx, group, handler, letter.envelope);
  }

  /** The attempts so far; undefined when another replica has been luckier meanwhile. */
  private async count(tx: Tx, group: string, { id }: Envelope, error: unknown): Promise<number | undefined> {
    const [row] = await tx.sql<{ attempts: number }>`
      insert into failed_deliveries as known (consumer_group, event_id, attempts, last_error)
      select ${group}, ${id}::uuid, 1, ${describeFailure(error)}
       where not exists (select 1 from inbox where consumer_group = ${group} and event_id = ${id})
      on conflict (consumer_group, event_id)
      do update set attempts = known.attempts + 1, last_error = excluded.last_error
      returning attempts`;
    return row?.attempts;
  }

  private async bury(tx: Tx, group: string, envelope: Envelope, error: unknown, attempts: number): Promise<void> {
    await tx.sql`delete from failed_deliveries where consumer_group = ${group} and event_id = ${envelope.id}`;
    await tx.sql`
      with receipt as (
        insert into inbox (consumer_group, event_id, received_at) values (${group}, ${envelope.id}, now())
        on conflict do nothing
        returning consumer_group, event_id)
      insert into dead_letters as known (consumer_group, event_id, envelope, error, attempts, died_at)
      select consumer_group, event_id, ${JSON.stringify(envelope)}::jsonb, ${describeFailure(error)}, ${attempts}::int, now()
        from receipt
      on conflict (consumer_group, event_id)
      do update set error = excluded.error, attempts = excluded.attempts, died_at = excluded.died_at, resolved_at = null`;
  }
}

/** Goes on with the trace of whoever stated the event. */
function deliver(tx: Tx, group: string, { event, handle }: EventHandler, envelope: Envelope): Promise<void> {
  const step = {
    name: `process ${envelope.type.split('.').at(-2)}`,
    kind: SpanKind.CONSUMER,
    attributes: { 'messaging.consumer.group.name': group, 'messaging.message.id': envelope.id },
  };
  const service = group.split('.')[0]!;
  return continueTrace(service, envelope.traceparent, step, () =>
    actAsSystem(`event ${envelope.id}`, () => handle(tx, parse(event, envelope.data), envelope)),
  );
}
