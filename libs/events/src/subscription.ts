import type { EventClass, SchedulingEvent } from '@scheduling/contracts';
import type { Tx } from '@scheduling/persistence';
import type { Envelope } from './envelope.ts';

/** What a consumer does with an event, in the transaction that keeps the receipt; the envelope is for whoever passes it on. */
export type Handler<E extends SchedulingEvent> = (tx: Tx, event: E, envelope: Envelope) => Promise<void>;

/** A handler, and the class by which its events are read. */
export interface EventHandler<E extends SchedulingEvent = SchedulingEvent> {
  readonly event: EventClass<E>;
  readonly handle: Handler<E>;
}

/** What one consumer group listens to: at most one handler for each type. */
export interface Subscription {
  readonly group: string;
  readonly handlers: ReadonlyMap<string, EventHandler>;
}
