import { createParamDecorator, type ExecutionContext, UseFilters } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { type EventClass, metaOf, type SchedulingEvent } from '@scheduling/contracts';
import type { Tx } from '@scheduling/persistence';
import type { Envelope } from './envelope.ts';
import type { DeliveryContext } from './event-log.server.ts';
import { KeepError } from './keep-error.filter.ts';
import type { Handler } from './subscription.ts';

/** What `@On` tells the strategy about a method, through Nest. */
export interface OnExtras {
  readonly event: EventClass;
  readonly group: string;
}

const ReceiptTx = createParamDecorator(
  (_: unknown, context: ExecutionContext): Tx => context.switchToRpc().getContext<DeliveryContext>().tx,
);

const AsItStands = createParamDecorator(
  (_: unknown, context: ExecutionContext): Envelope => context.switchToRpc().getContext<DeliveryContext>().envelope,
);

/**
 * Subscribes a method to an event. `group` says who is catching up, `booking.slots` for instance: it begins with the
 * service's name and is never renamed. The transaction that the method gets is the one that keeps the receipt.
 */
export const On =
  <E extends SchedulingEvent>(event: EventClass<E>, group: string) =>
  <Method extends Handler<E>>(target: object, method: string, descriptor: TypedPropertyDescriptor<Method>): void => {
    ReceiptTx()(target, method, 0);
    Payload()(target, method, 1);
    AsItStands()(target, method, 2);
    UseFilters(new KeepError())(target, method, descriptor);
    EventPattern<string>(metaOf(event).type, { event, group } satisfies OnExtras)(target, method, descriptor);
  };

/** Subscribes one method to several events, as `On` does to one. */
export const OnEach =
  <E extends SchedulingEvent>(events: readonly EventClass<E>[], group: string) =>
  <Method extends Handler<E>>(target: object, method: string, { value }: TypedPropertyDescriptor<Method>): void => {
    for (const event of events) {
      // Nest keeps one subscription for each method: so each event has one of its own, which calls this one.
      const each: Handler<E> = function each(this: unknown, ...told) {
        return value!.apply(this, told);
      };
      const name = `${method} ${metaOf(event).type}`;
      Object.defineProperty(target, name, { value: each });
      On(event, group)(target, name, { value: each });
    }
  };
