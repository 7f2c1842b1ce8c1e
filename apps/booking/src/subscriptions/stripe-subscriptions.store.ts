import type { PlanId } from '@scheduling/domain';
import { statement, type Tx } from '@scheduling/persistence';
import type { PaidInvoice } from './stripe-invoices.policy.ts';

/**
 * Locks what Stripe says of a subscription until the transaction ends, whether anything is known of it or not, so that whoever
 * tells of it and whoever listens to Stripe do not miss each other. It comes before all other locks.
 */
export async function lockStripeSubscription(tx: Tx, id: string): Promise<void> {
  await tx.sql`insert into stripe_subscriptions (id) values (${id}) on conflict (id) do update set id = excluded.id`;
}

/** Keeps when Stripe ended a subscription. */
export async function keepEnd(tx: Tx, id: string, endedAt: Date): Promise<void> {
  await tx.sql`update stripe_subscriptions set ended_at = ${endedAt} where id = ${id}`;
}

/** Keeps what an invoice paid for; a repeat changes nothing. */
export async function keepInvoice(
  tx: Tx,
  { id, stripeId, priceId, quantity, startsAt, endsAt }: PaidInvoice,
): Promise<void> {
  await tx.sql`
    insert into stripe_invoices (id, stripe_subscription_id, stripe_price_id, quantity, starts_at, ends_at)
    values (${id}, ${stripeId}, ${priceId}, ${quantity}, ${startsAt}, ${endsAt})
    on conflict (id) do nothing`;
}

/** A paid invoice, with the lessons of the plan that its price is for. */
export interface KeptInvoice extends PaidInvoice {
  /** Null where no plan has the price. */
  readonly planId: PlanId | null;
  readonly lessons: number | null;
}

const INVOICES = statement(`
  select i.id, i.stripe_subscription_id as "stripeId", i.stripe_price_id as "priceId", i.quantity,
         i.starts_at as "startsAt", i.ends_at as "endsAt", p.id as "planId", p.lessons_per_period as lessons
    from stripe_invoices i left join plans p on p.stripe_price_id = i.stripe_price_id
   where i.stripe_subscription_id = $1`);

/** All that was paid for a subscription. */
export function paidInvoices(tx: Tx, stripeId: string): Promise<KeptInvoice[]> {
  return tx.run<KeptInvoice>(INVOICES, [stripeId]);
}

/** When Stripe ended a subscription; null while it has not. */
export async function endedAt(tx: Tx, stripeId: string): Promise<Date | null> {
  const [found] = await tx.sql<{
    at: Date | null;
  }>`select ended_at as at from stripe_subscriptions where id = ${stripeId}`;
  return found?.at ?? null;
}
