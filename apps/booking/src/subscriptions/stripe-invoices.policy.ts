import type Stripe from 'stripe';
import type { Span } from './periods.policy.ts';

/** What a paid invoice of Stripe says of a subscription. */
export interface PaidInvoice extends Span {
  readonly id: string;
  readonly stripeId: string;
  /** What Stripe calls the price that was paid. */
  readonly priceId: string | null;
  /** How many times the price was paid. */
  readonly quantity: number;
}

/**
 * What was paid for: the newest whole period of the invoice's subscription. Null where an invoice is for nothing of the kind,
 * such as one that settles a change in the midst of a period.
 */
export function paidInvoiceOf({ id, status, parent, lines }: Stripe.Invoice): PaidInvoice | null {
  const stripeId = idOf(parent?.subscription_details?.subscription);
  if (status !== 'paid' || !id || !stripeId) return null;
  const [line] = lines.data
    .filter((each) => isWholePeriod(each, stripeId))
    .toSorted((a, b) => b.period.end - a.period.end);
  if (!line) return null;
  const priceId = idOf(line.pricing?.price_details?.price);
  return {
    id,
    stripeId,
    priceId,
    quantity: line.quantity || 1,
    startsAt: instant(line.period.start),
    endsAt: instant(line.period.end),
  };
}

/** When a subscription ended; null while it goes on. */
export const endOf = ({ ended_at }: Stripe.Subscription): Date | null => (ended_at === null ? null : instant(ended_at));

/** The periods that invoices paid for, in order: whichever starts ends the one before, and of two that start at once the later end counts. */
export function periodsOf<Paid extends Span>(invoices: readonly Paid[]): Paid[] {
  const sorted = invoices.toSorted(
    (a, b) => Number(a.startsAt) - Number(b.startsAt) || Number(b.endsAt) - Number(a.endsAt),
  );
  const firsts = sorted.filter(({ startsAt }, i) => Number(startsAt) !== Number(sorted[i - 1]?.startsAt));
  return firsts.map((period, i) => ({ ...period, endsAt: earlier(period.endsAt, firsts[i + 1]?.startsAt) }));
}

function isWholePeriod({ parent, period }: Stripe.InvoiceLineItem, stripeId: string): boolean {
  const item = parent?.subscription_item_details;
  return item?.subscription === stripeId && !item.proration && period.start < period.end;
}

const idOf = (what: string | { readonly id: string } | null | undefined): string | null =>
  (typeof what === 'string' ? what : what?.id) ?? null;
const instant = (seconds: number): Date => new Date(seconds * 1000);
const earlier = (a: Date, b: Date | undefined): Date => (b && b < a ? b : a);
