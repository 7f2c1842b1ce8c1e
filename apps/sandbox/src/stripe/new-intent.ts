import type Stripe from 'stripe';
import { newId } from './new-id.ts';
import type { Params } from './params.ts';
import { invalid } from './stripe-refusal.ts';

const PARAMS = [
  'amount currency customer payment_method confirm off_session capture_method metadata description receipt_email',
  'setup_future_usage automatic_payment_methods payment_method_types return_url error_on_requires_action',
  'statement_descriptor statement_descriptor_suffix',
].flatMap((names) => names.split(' '));

/** An intent as it is before anybody has paid, from what its maker asked for. */
export function newIntent(params: Params, now: number): Stripe.PaymentIntent {
  params.only(...PARAMS);
  const amount = params.amount('amount');
  if (amount === undefined) throw invalid('Missing required param: amount.', 'amount', 'parameter_missing');
  const id = newId('pi');
  return {
    id,
    object: 'payment_intent',
    allowed_payment_method_types: null,
    amount,
    amount_capturable: 0,
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: automatic(params),
    canceled_at: null,
    cancellation_reason: null,
    capture_method: params.word('capture_method', ['automatic', 'automatic_async', 'manual']) ?? 'automatic_async',
    client_secret: newId(`${id}_secret`, 25),
    confirmation_method: 'automatic',
    created: now,
    currency: params.currency(),
    customer: params.text('customer') ?? null,
    customer_account: null,
    description: params.text('description') ?? null,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: null,
    metadata: params.metadata(),
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: null,
    payment_method_types: ['card'],
    payment_record: null,
    processing: null,
    receipt_email: params.text('receipt_email') ?? null,
    review: null,
    setup_future_usage: params.word('setup_future_usage', ['off_session', 'on_session']) ?? null,
    shipping: null,
    source: null,
    statement_descriptor: params.text('statement_descriptor') ?? null,
    statement_descriptor_suffix: params.text('statement_descriptor_suffix') ?? null,
    status: 'requires_payment_method',
    transfer_group: null,
  };
}

function automatic(params: Params): Stripe.PaymentIntent.AutomaticPaymentMethods | null {
  const asked = params.inner('automatic_payment_methods')?.only('enabled', 'allow_redirects');
  if (!asked) return params.texts('payment_method_types').length > 0 ? null : { enabled: true };
  const redirects = asked.word('allow_redirects', ['always', 'never']);
  return { enabled: asked.flag('enabled'), ...(redirects && { allow_redirects: redirects }) };
}
