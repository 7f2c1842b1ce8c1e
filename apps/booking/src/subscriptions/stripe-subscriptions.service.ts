import { Injectable } from '@nestjs/common';
import type { Tx } from '@scheduling/persistence';
import type Stripe from 'stripe';
import { keepPeriod } from './periods.store.ts';
import { endOf, paidInvoiceOf, periodsOf } from './stripe-invoices.policy.ts';
import { endedAt, keepEnd, keepInvoice, lockStripeSubscription, paidInvoices } from './stripe-subscriptions.store.ts';
import { endSubscription, lockSubscriptionOfStripe, movePlan, type Subscription } from './subscriptions.store.ts';

/**
 * Keeps subscriptions in step with what Stripe says of them, in whichever order and however often it says it: what was said is kept,
 * and everything follows from all of it. What is said of one that nobody has told us of yet waits for that.
 */
@Injectable()
export class StripeSubscriptions {
  /** `invoice.paid`: a period has been paid for; the invoice is as Stripe says when it is read again. */
  async onInvoicePaid(tx: Tx, invoice: Stripe.Invoice): Promise<void> {
    const paid = paidInvoiceOf(invoice);
    if (!paid) return;
    await lockStripeSubscription(tx, paid.stripeId);
    await keepInvoice(tx, paid);
    await this.catchUp(tx, paid.stripeId);
  }

  /** `customer.subscription.deleted`: nothing more will be paid for; what has been runs to its end. */
  async onSubscriptionDeleted(tx: Tx, subscription: Stripe.Subscription): Promise<void> {
    const ended = endOf(subscription);
    if (!ended) return;
    await lockStripeSubscription(tx, subscription.id);
    await keepEnd(tx, subscription.id, ended);
    await this.catchUp(tx, subscription.id);
  }

  /** Makes a subscription what Stripe has said of it so far, which is locked. */
  async catchUp(tx: Tx, stripeId: string): Promise<void> {
    const subscription = await lockSubscriptionOfStripe(tx, stripeId);
    if (!subscription) return;
    const periods = periodsOf(await paidInvoices(tx, stripeId));
    // In order, so that each has made room before the next begins.
    for (const { lessons, quantity, ...period } of periods) {
      const allowance = lessons === null ? subscription.lessonsPerPeriod : lessons * quantity;
      await keepPeriod(tx, subscription.id, period, allowance);
    }
    const newest = periods.at(-1);
    if (newest?.planId && newest.planId !== subscription.planId) await movePlan(tx, subscription.id, newest.planId);
    await this.end(tx, subscription, newest?.endsAt);
  }

  private async end(tx: Tx, { id, stripeId, startsAt }: Subscription, paidUntil: Date | undefined): Promise<void> {
    const ended = await endedAt(tx, stripeId!);
    if (!ended) return;
    const last = Math.max(ended.getTime(), startsAt.getTime(), paidUntil?.getTime() ?? 0);
    await endSubscription(tx, id, new Date(last), null);
  }
}
