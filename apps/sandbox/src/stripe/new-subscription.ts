import type Stripe from 'stripe';
import { newId } from './new-id.ts';

/** What someone subscribes to. */
export interface Terms {
  /** Who subscribes; without it, a new customer. */
  readonly customer?: string;
  /** The price of a period, in the currency's smallest unit. */
  readonly amount: number;
  readonly currency: string;
  /** The id of the price, such as `price_…`; a new one, if nothing is said. */
  readonly price?: string;
  /** How long a period is; a month, if nothing is said. */
  readonly interval?: 'week' | 'month';
  readonly metadata?: Record<string, string>;
}

const WEEK = 7 * 24 * 60 * 60;

/** The end of a period that begins then, in seconds; a month ends no later than the next month does. */
export function nextEnd(start: number, interval: string): number {
  if (interval === 'week') return start + WEEK;
  const begin = new Date(start * 1000);
  const end = new Date(begin);
  end.setUTCMonth(begin.getUTCMonth() + 1);
  if (end.getUTCDate() !== begin.getUTCDate()) end.setUTCDate(0);
  return end.getTime() / 1000;
}

/** A subscription whose first period begins now. */
export function newSubscription(terms: Terms & { customer: string }, now: number): Stripe.Subscription {
  const id = newId('sub');
  return {
    id,
    object: 'subscription',
    application: null,
    application_fee_percent: null,
    automatic_tax: { disabled_reason: null, enabled: false, liability: null },
    billing_cycle_anchor: now,
    billing_cycle_anchor_config: null,
    billing_mode: { flexible: null, type: 'flexible' },
    billing_schedules: [],
    billing_thresholds: null,
    cancel_at: null,
    cancel_at_period_end: false,
    canceled_at: null,
    cancellation_details: null,
    collection_method: 'charge_automatically',
    created: now,
    currency: terms.currency.toLowerCase(),
    customer: terms.customer,
    customer_account: null,
    days_until_due: null,
    default_payment_method: null,
    default_source: null,
    description: null,
    discounts: [],
    ended_at: null,
    invoice_settings: {
      account_tax_ids: null,
      custom_fields: null,
      description: null,
      footer: null,
      issuer: { type: 'self' },
    },
    items: {
      object: 'list',
      data: [item(id, terms, now)],
      has_more: false,
      url: `/v1/subscription_items?subscription=${id}`,
    },
    latest_invoice: null,
    livemode: false,
    managed_payments: null,
    metadata: { ...terms.metadata },
    next_pending_invoice_item_invoice: null,
    on_behalf_of: null,
    pause_collection: null,
    payment_settings: null,
    pending_invoice_item_interval: null,
    pending_setup_intent: null,
    pending_update: null,
    schedule: null,
    start_date: now,
    status: 'active',
    test_clock: null,
    transfer_data: null,
    trial_end: null,
    trial_settings: null,
    trial_start: null,
  };
}

function item(subscription: string, terms: Terms, now: number): Stripe.SubscriptionItem {
  const interval = terms.interval ?? 'month';
  const price = newPrice(terms, interval, now);
  return {
    id: newId('si', 14),
    object: 'subscription_item',
    billing_thresholds: null,
    created: now,
    current_period_end: nextEnd(now, interval),
    current_period_start: now,
    current_trial: null,
    discounts: [],
    metadata: {},
    plan: planOf(price, terms.amount, interval),
    price,
    quantity: 1,
    subscription,
    tax_rates: [],
  };
}

const newPrice = (terms: Terms, interval: 'week' | 'month', now: number): Stripe.Price => ({
  id: terms.price ?? newId('price'),
  object: 'price',
  active: true,
  billing_scheme: 'per_unit',
  created: now,
  currency: terms.currency.toLowerCase(),
  custom_unit_amount: null,
  livemode: false,
  lookup_key: null,
  metadata: {},
  nickname: null,
  product: newId('prod', 14),
  recurring: { interval, interval_count: 1, meter: null, trial_period_days: null, usage_type: 'licensed' },
  tax_behavior: 'unspecified',
  tiers_mode: null,
  transform_quantity: null,
  type: 'recurring',
  unit_amount: terms.amount,
  unit_amount_decimal: null,
});

const planOf = (price: Stripe.Price, amount: number, interval: 'week' | 'month'): Stripe.Plan => ({
  id: price.id,
  object: 'plan',
  active: true,
  amount,
  amount_decimal: null,
  billing_scheme: 'per_unit',
  created: price.created,
  currency: price.currency,
  interval,
  interval_count: 1,
  livemode: false,
  metadata: {},
  meter: null,
  nickname: null,
  product: price.product,
  tiers_mode: null,
  transform_usage: null,
  trial_period_days: null,
  usage_type: 'licensed',
});
