import type Stripe from 'stripe';
import { type Payment, partId } from './payments.ts';

const SEVEN_DAYS = 7 * 24 * 60 * 60;

/** What an attempt to take money by card leaves behind; `failure` says why it did not work. */
export function newCharge(payment: Payment, now: number, failure?: { code: string; message: string }): Stripe.Charge {
  payment.attempts += 1;
  const { intent } = payment;
  return {
    id: partId('ch', payment, payment.attempts),
    object: 'charge',
    amount: intent.amount,
    amount_captured: 0,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: null,
    billing_details: NOBODY,
    calculated_statement_descriptor: 'SANDBOX',
    captured: false,
    created: now,
    currency: intent.currency,
    customer: intent.customer,
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: failure?.code ?? null,
    failure_message: failure?.message ?? null,
    fraud_details: {},
    livemode: false,
    metadata: { ...intent.metadata },
    on_behalf_of: null,
    outcome: null,
    paid: failure === undefined,
    payment_intent: intent.id,
    payment_method: intent.payment_method as string | null,
    payment_method_details: { type: 'card', card: usedCard(intent, now, failure === undefined) },
    receipt_email: intent.receipt_email,
    receipt_number: null,
    receipt_url: null,
    refunded: false,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: failure === undefined ? 'succeeded' : 'failed',
    transfer_data: null,
    transfer_group: null,
  };
}

/** Nobody's address: the double asks for none. */
export const NOBODY = { address: null, email: null, name: null, phone: null, tax_id: null };

function usedCard(
  intent: Stripe.PaymentIntent,
  now: number,
  isAuthorized: boolean,
): Stripe.Charge.PaymentMethodDetails.Card {
  const waits = isAuthorized && intent.capture_method === 'manual';
  return {
    amount_authorized: isAuthorized ? intent.amount : null,
    authorization_code: null,
    brand: 'visa',
    ...(waits && { capture_before: now + SEVEN_DAYS }),
    checks: null,
    country: 'US',
    electronic_commerce_indicator: null,
    exp_month: 12,
    exp_year: 2034,
    funding: 'credit',
    installments: null,
    last4: '4242',
    mandate: null,
    network: 'visa',
    network_transaction_id: null,
    regulated_status: null,
    three_d_secure: null,
    transaction_link_id: null,
    wallet: null,
  };
}
