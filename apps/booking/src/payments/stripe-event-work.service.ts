import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '@scheduling/persistence';
import { StripeSubscriptions } from '../subscriptions/stripe-subscriptions.service.ts';
import { leaveTask } from './operator-tasks.store.ts';
import { nextLook } from './patience.policy.ts';
import { StripeRefused, StripeUnreachable } from './payments.errors.ts';
import { keepNews, reopenDeclined, takePayment } from './payments.store.ts';
import { RefundingService } from './refunding.service.ts';
import { SettlingService } from './settling.service.ts';
import { StripeClient } from './stripe-client.ts';
import { LEASE_SECONDS } from './stripe-confirm.service.ts';
import { keepMethod } from './stripe-customers.store.ts';
import type { HeardType } from './stripe-event-types.ts';
import { endEvent, postponeEvent, type TakenEvent } from './stripe-events.store.ts';

/** What is left to write once Stripe has been asked, together with the end of the event. */
type Effect = (tx: Tx) => Promise<void>;

/** Does what events of Stripe call for: in any order and however often they come, since all is read again. */
@Injectable()
export class StripeEventWork {
  private readonly handlers: Readonly<Record<HeardType, (objectId: string) => Promise<Effect>>> = {
    'payment_intent.canceled': (id) => this.settle(id),
    'payment_intent.payment_failed': (id) => this.settle(id),
    'payment_intent.succeeded': async (id) => {
      await this.db.transaction((tx) => reopenDeclined(tx, id));
      return this.settle(id);
    },
    'refund.failed': (id) => this.refund(id),
    'refund.updated': (id) => this.refund(id),
    'charge.dispute.created': (id) => this.dispute(id),
    'setup_intent.succeeded': (id) => this.saved(id),
    'invoice.paid': async (id) => {
      const invoice = await this.stripe.ask(({ invoices }) => invoices.retrieve(id));
      return (tx) => this.subscriptions.onInvoicePaid(tx, invoice);
    },
    'customer.subscription.deleted': async (id) => {
      const subscription = await this.stripe.ask(({ subscriptions }) => subscriptions.retrieve(id));
      return (tx) => this.subscriptions.onSubscriptionDeleted(tx, subscription);
    },
  };

  constructor(
    private readonly db: Database,
    private readonly stripe: StripeClient,
    private readonly settling: SettlingService,
    private readonly refunding: RefundingService,
    private readonly subscriptions: StripeSubscriptions,
  ) {}

  /** Does what an event calls for that was taken for this worker alone. */
  async work(event: TakenEvent): Promise<void> {
    try {
      const write = await this.handlers[event.type as HeardType](event.objectId);
      await this.db.transaction(async (tx) => {
        await write(tx);
        await endEvent(tx, event.id);
      });
    } catch (error) {
      if (!(error instanceof StripeUnreachable || error instanceof StripeRefused)) throw error;
      await this.db.transaction(async (tx) => {
        // What Stripe no longer knows calls for nothing.
        if (error instanceof StripeRefused && error.status === 404) await endEvent(tx, event.id);
        else await postponeEvent(tx, event, nextLook(tx.now, event.attempts), error.code);
      });
    }
  }

  private async settle(intentId: string): Promise<Effect> {
    const taken = await this.db.transaction(async (tx) => {
      const free = await takePayment(tx, { intentId }, LEASE_SECONDS);
      if (!free) await keepNews(tx, intentId);
      return free;
    });
    if (taken) await this.settling.settle(taken);
    return nothing;
  }

  private async refund(refundId: string): Promise<Effect> {
    await this.refunding.readAgain(refundId);
    return nothing;
  }

  private async dispute(id: string): Promise<Effect> {
    const { amount, currency, reason, ...about } = await this.stripe.ask(({ disputes }) => disputes.retrieve(id));
    const facts = { dispute_id: id, payment_intent_id: idOf(about.payment_intent), amount, currency, reason };
    return (tx) => leaveTask(tx, 'dispute', id, facts);
  }

  private async saved(id: string): Promise<Effect> {
    const setup = await this.stripe.ask(({ setupIntents }) => setupIntents.retrieve(id));
    const [customer, method] = [idOf(setup.customer), idOf(setup.payment_method)];
    return customer && method ? (tx) => keepMethod(tx, customer, method) : nothing;
  }
}

const nothing = async (): Promise<void> => {};

const idOf = (what: string | { readonly id: string } | null): string | null =>
  typeof what === 'string' ? what : (what?.id ?? null);
