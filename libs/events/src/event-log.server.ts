import { BaseRpcContext, type MessageHandler, Server } from '@nestjs/microservices';
import { metaOf, type SchedulingEvent } from '@scheduling/contracts';
import type { Tx } from '@scheduling/persistence';
import { isObservable, lastValueFrom } from 'rxjs';
import type { Envelope } from './envelope.ts';
import { GroupOfAnother, TwoHandlers } from './event-log.errors.ts';
import type { EventLog } from './event-log.ts';
import type { OnExtras } from './on.ts';
import type { EventHandler, Handler } from './subscription.ts';

/** What Nest hands to a consumer beside the event. */
export class DeliveryContext extends BaseRpcContext<[Tx, Envelope]> {
  /** The transaction that keeps the receipt. */
  get tx(): Tx {
    return this.getArgByIndex(0);
  }

  /** The event as it stands in the log. */
  get envelope(): Envelope {
    return this.getArgByIndex(1);
  }
}

/** Nest's transport for `@On`: each group has at most one handler for a type, run in the transaction of the receipt. */
export class EventLogServer extends Server {
  override readonly transportId = Symbol.for('scheduling event log');
  override readonly propagatesEventHandlerErrors = true;
  private readonly groups = new Map<string, Map<string, EventHandler>>();

  constructor(
    private readonly log: EventLog,
    private readonly service: string,
  ) {
    super();
  }

  override addHandler(
    pattern: unknown,
    callback: MessageHandler,
    isEvent = false,
    extras: Partial<OnExtras> = {},
  ): void {
    const { event, group } = extras;
    if (!isEvent || !event || !group) throw new Error(`${String(pattern)}: consumers of the event log use @On.`);
    if (!group.startsWith(`${this.service}.`)) throw new GroupOfAnother(group, this.service);

    const { type } = metaOf(event);
    const handlers = this.groups.get(group) ?? new Map<string, EventHandler>();
    if (handlers.has(type)) throw new TwoHandlers(type, group);
    const handle: Handler<SchedulingEvent> = (tx, data, envelope) =>
      dispatch(callback, data, new DeliveryContext([tx, envelope]));
    this.groups.set(group, handlers.set(type, { event, handle }));
    // Nest's own list; its chains of handlers for one pattern would run at once, in one transaction.
    this.messageHandlers.set(`${group} ${type}`, Object.assign(callback, { isEventHandler: true, extras }));
  }

  async listen(callback: (error?: unknown) => void): Promise<void> {
    try {
      await this.log.start([...this.groups].map(([group, handlers]) => ({ group, handlers })));
      callback();
    } catch (error) {
      callback(error);
    }
  }

  close(): Promise<void> {
    return this.log.stop();
  }

  on(): never {
    throw new Error('The event log has no events of its own.');
  }

  unwrap<T>(): T {
    return this.log as T;
  }
}

async function dispatch(callback: MessageHandler, data: unknown, context: DeliveryContext): Promise<void> {
  const result: unknown = await callback(data, context);
  if (isObservable(result)) await lastValueFrom(result, { defaultValue: undefined });
}
