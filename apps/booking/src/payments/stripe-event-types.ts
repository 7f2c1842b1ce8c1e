import type Stripe from 'stripe';

/** What Stripe tells us that calls for anything. */
export const HEARD_TYPES = [
  'payment_intent.canceled',
  'payment_intent.payment_failed',
  'payment_intent.succeeded',
  'refund.failed',
  'refund.updated',
  'charge.dispute.created',
  'setup_intent.succeeded',
  'invoice.paid',
  'customer.subscription.deleted',
] as const satisfies readonly Stripe.Event.Type[];
export type HeardType = (typeof HEARD_TYPES)[number];
