import { createParamDecorator, type ExecutionContext, UseFilters } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { type EventClass, metaOf, type SchedulingEvent } from '@scheduling/contracts';
import type { Tx } from '@scheduling/persistence';
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

/**
 * Subscribes a method to an event. `group` says who is catching up, `booking.openings` for instance: it begins with the
 * service's name and is never renamed. The transaction that the method gets is the one that keeps the receipt.
 */
export const On =
  <E extends SchedulingEvent>(event: EventClass<E>, group: string) =>
  <Method extends Handler<E>>(target: object, method: string, descriptor: TypedPropertyDescriptor<Method>): void => {
    ReceiptTx()(target, method, 0);
    Payload()(target, method, 1);
    UseFilters(new KeepError())(target, method, descriptor);
    EventPattern<string>(metaOf(event).type, { event, group } satisfies OnExtras)(target, method, descriptor);
  };
