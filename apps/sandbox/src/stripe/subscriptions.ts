import type Stripe from 'stripe';
import type { Customers } from './customers.ts';
import { Kept } from './kept.ts';
import { newInvoice } from './new-invoice.ts';
import { newSubscription, nextEnd, type Terms } from './new-subscription.ts';
import { Params } from './params.ts';
import { invalid, missing } from './stripe-refusal.ts';
import type { World } from './world.ts';

/** Subscriptions and their invoices: what Stripe Billing says when a period begins, is paid, or was the last one. */
export class Subscriptions {
  private readonly subscriptions: Kept<Stripe.Subscription>;
  private readonly invoices: Kept<Stripe.Invoice>;

  constructor(
    private readonly world: World,
    private readonly customers: Customers,
    most?: number,
  ) {
    this.subscriptions = new Kept(most);
    this.invoices = new Kept(most);
  }

  /** Someone subscribes, and pays the first period; without a customer, a new one. */
  start(terms: Terms): Stripe.Subscription {
    const customer =
      terms.customer === undefined ? this.customers.create(new Params({})) : this.customers.named(terms.customer);
    const subscription = newSubscription({ ...terms, customer: customer.id }, this.world.now());
    this.subscriptions.add(subscription);
    this.world.state('customer.subscription.created', subscription);
    this.bill(subscription, 'subscription_create', true);
    return subscription;
  }

  /** The next period begins, and is paid or not; a subscription that was to end with the period ends. */
  renew(id: string, isPaid = true): Stripe.Subscription {
    const subscription = this.live(id);
    if (subscription.cancel_at_period_end) return this.ended(subscription);
    for (const item of subscription.items.data) {
      item.current_period_start = item.current_period_end;
      item.current_period_end = nextEnd(item.current_period_start, item.price.recurring?.interval ?? 'month');
    }
    subscription.status = isPaid ? 'active' : 'past_due';
    this.world.state('customer.subscription.updated', subscription);
    this.bill(subscription, 'subscription_cycle', isPaid);
    return subscription;
  }

  update(id: string, params: Params): Stripe.Subscription {
    params.only('cancel_at_period_end', 'metadata');
    const ends = params.word('cancel_at_period_end', ['true', 'false']);
    const subscription = this.live(id);
    subscription.metadata = params.metadata(subscription.metadata);
    if (ends !== undefined) {
      subscription.cancel_at_period_end = ends === 'true';
      subscription.canceled_at = ends === 'true' ? this.world.now() : null;
    }
    this.world.state('customer.subscription.updated', subscription);
    return subscription;
  }

  /** Ends a subscription at once. */
  cancel(id: string, params = new Params({})): Stripe.Subscription {
    params.only();
    return this.ended(this.live(id));
  }

  find(id: string): Stripe.Subscription {
    const subscription = this.subscriptions.get(id);
    if (!subscription) throw missing('subscription', id);
    return subscription;
  }

  invoice(id: string): Stripe.Invoice {
    const invoice = this.invoices.get(id);
    if (!invoice) throw missing('invoice', id, 'invoice');
    return invoice;
  }

  private live(id: string): Stripe.Subscription {
    const subscription = this.find(id);
    if (subscription.status === 'canceled')
      throw invalid('A canceled subscription can only update its cancellation_details.');
    return subscription;
  }

  private ended(subscription: Stripe.Subscription): Stripe.Subscription {
    const now = this.world.now();
    Object.assign(subscription, { status: 'canceled', canceled_at: subscription.canceled_at ?? now, ended_at: now });
    this.world.state('customer.subscription.deleted', subscription);
    return subscription;
  }

  private bill(subscription: Stripe.Subscription, reason: Stripe.Invoice.BillingReason, isPaid: boolean): void {
    const invoice = newInvoice(subscription, reason, isPaid, this.world.now());
    subscription.latest_invoice = this.invoices.add(invoice).id;
    this.world.state(isPaid ? 'invoice.paid' : 'invoice.payment_failed', invoice);
  }
}
