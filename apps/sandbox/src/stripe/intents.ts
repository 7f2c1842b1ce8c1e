import type Stripe from 'stripe';
import type { Card } from './cards.ts';
import { newCharge } from './charges.ts';
import type { Customers } from './customers.ts';
import type { Methods } from './methods.ts';
import { newIntent } from './new-intent.ts';
import type { Params } from './params.ts';
import type { Payment, Payments } from './payments.ts';
import { invalid, StripeRefusal, unexpectedState } from './stripe-refusal.ts';
import type { World } from './world.ts';

type Status = Stripe.PaymentIntent.Status;

const UNPAID: readonly Status[] = ['requires_payment_method', 'requires_confirmation', 'requires_action'];
const CANCELABLE: readonly Status[] = ['requires_payment_method', 'requires_capture', ...UNPAID.slice(1)];
const REASONS = ['abandoned', 'duplicate', 'fraudulent', 'requested_by_customer'] as const;
const DECLINED = { code: 'card_declined', message: 'Your card was declined.' } as const;

/** Payment intents: which transitions there are, and what each does. */
export class Intents {
  constructor(
    private readonly world: World,
    private readonly payments: Payments,
    private readonly methods: Methods,
    private readonly customers: Customers,
  ) {}

  create(params: Params): Stripe.PaymentIntent {
    const intent = newIntent(params, this.world.now());
    if (intent.customer !== null) this.customers.named(intent.customer as string);
    const method = this.methods.given(params, intent.customer as string | null);
    const confirms = params.flag('confirm');
    if (params.flag('off_session') && !confirms)
      throw invalid('You cannot set `off_session` when `confirm` is not true.', 'off_session');
    if (method) {
      intent.payment_method = method.id;
      intent.status = 'requires_confirmation';
    }
    const payment: Payment = {
      id: intent.id,
      intent,
      card: 'ok',
      charge: null,
      attempts: 0,
      refunds: [],
      dispute: null,
    };
    this.payments.add(payment);
    this.world.state('payment_intent.created', intent);
    return confirms ? this.confirmed(payment) : intent;
  }

  /** The intent as it stands; an authorization that is too old has gone. */
  find(id: string): Payment {
    const payment = this.payments.of(id);
    const before = payment.charge?.payment_method_details?.card?.capture_before ?? Number.POSITIVE_INFINITY;
    if (payment.intent.status === 'requires_capture' && this.world.now() >= before) this.ended(payment, 'automatic');
    return payment;
  }

  update(id: string, params: Params): Stripe.PaymentIntent {
    params.only('metadata', 'description', 'receipt_email', 'amount', 'setup_future_usage');
    const { intent } = this.find(id);
    const amount = params.amount('amount');
    if (amount !== undefined && !UNPAID.includes(intent.status))
      throw unexpectedState(
        intent,
        `This PaymentIntent's amount could not be updated because it has a status of ${intent.status}.`,
      );
    intent.amount = amount ?? intent.amount;
    intent.description = params.text('description') ?? intent.description;
    intent.receipt_email = params.text('receipt_email') ?? intent.receipt_email;
    intent.setup_future_usage =
      params.word('setup_future_usage', ['off_session', 'on_session']) ?? intent.setup_future_usage;
    intent.metadata = params.metadata(intent.metadata);
    return intent;
  }

  confirm(id: string, params: Params): Stripe.PaymentIntent {
    params.only('payment_method', 'off_session', 'return_url', 'setup_future_usage', 'error_on_requires_action');
    const payment = this.find(id);
    const { intent } = payment;
    demand(intent, UNPAID, 'confirmed', 'confirm');
    const method = this.methods.given(params, intent.customer as string | null);
    intent.payment_method = method?.id ?? intent.payment_method;
    return this.confirmed(payment);
  }

  capture(id: string, params: Params): Stripe.PaymentIntent {
    params.only(
      'amount_to_capture',
      'metadata',
      'final_capture',
      'statement_descriptor',
      'statement_descriptor_suffix',
    );
    const amount = params.amount('amount_to_capture');
    const payment = this.find(id);
    const { intent } = payment;
    demand(intent, ['requires_capture'], 'captured', 'capture');
    if (amount !== undefined && amount > intent.amount_capturable)
      throw invalid(
        `The requested capture amount is greater than the amount you can capture for this charge. (${intent.amount_capturable})`,
        'amount_to_capture',
        'amount_too_large',
      );
    if (payment.card === 'expires') {
      this.ended(payment, 'automatic');
      demand(intent, ['requires_capture'], 'captured', 'capture');
    }
    if (payment.card === 'capture_refused') throw this.declined(payment);
    intent.metadata = params.metadata(intent.metadata);
    return this.taken(payment, amount ?? intent.amount_capturable);
  }

  cancel(id: string, params: Params): Stripe.PaymentIntent {
    params.only('cancellation_reason');
    const reason = params.word('cancellation_reason', REASONS) ?? null;
    const payment = this.find(id);
    demand(payment.intent, CANCELABLE, 'canceled', 'cancel');
    return this.ended(payment, reason);
  }

  /** A person pays with a card, as they do in Stripe's own form in the browser. */
  pay(id: string, card: Card): Stripe.PaymentIntent {
    const payment = this.find(id);
    const { intent } = payment;
    demand(intent, UNPAID, 'confirmed', 'confirm');
    const saves = intent.setup_future_usage === null ? null : (intent.customer as string | null);
    intent.payment_method = this.methods.add(card, saves).id;
    try {
      return this.confirmed(payment);
    } catch (error) {
      // The person reads in the form that the card was declined; whoever asks for the intent reads it there.
      if (error instanceof StripeRefusal && error.status === 402) return intent;
      throw error;
    }
  }

  /** The authorization of an intent goes, as it does when it was not captured in time. */
  expire(id: string): Stripe.PaymentIntent {
    const payment = this.find(id);
    demand(payment.intent, ['requires_capture'], 'canceled', 'cancel');
    return this.ended(payment, 'automatic');
  }

  private confirmed(payment: Payment): Stripe.PaymentIntent {
    const { intent } = payment;
    if (intent.payment_method === null)
      throw invalid(
        "You cannot confirm this PaymentIntent because it's missing a payment method.",
        'payment_method',
        'payment_intent_unexpected_state',
      );
    payment.card = this.methods.cardOf(intent.payment_method as string);
    const isManual = intent.capture_method === 'manual';
    if (payment.card === 'declined' || (payment.card === 'capture_refused' && !isManual)) throw this.declined(payment);
    payment.charge = newCharge(payment, this.world.now());
    intent.latest_charge = payment.charge.id;
    intent.last_payment_error = null;
    if (!isManual) return this.taken(payment, intent.amount);
    intent.status = 'requires_capture';
    intent.amount_capturable = intent.amount;
    this.world.state('payment_intent.amount_capturable_updated', intent);
    return intent;
  }

  private taken(payment: Payment, amount: number): Stripe.PaymentIntent {
    const { intent, charge } = payment;
    Object.assign(charge ?? {}, { captured: true, amount_captured: amount });
    intent.status = 'succeeded';
    intent.amount_capturable = 0;
    intent.amount_received = amount;
    this.payments.count(intent.currency, 'captured', amount);
    this.world.state('payment_intent.succeeded', intent);
    return intent;
  }

  private ended(payment: Payment, reason: Stripe.PaymentIntent.CancellationReason | null): Stripe.PaymentIntent {
    const { intent } = payment;
    intent.status = 'canceled';
    intent.amount_capturable = 0;
    intent.canceled_at = this.world.now();
    intent.cancellation_reason = reason;
    this.world.state('payment_intent.canceled', intent);
    return intent;
  }

  /** The card is refused: the person may try another one. */
  private declined(payment: Payment): StripeRefusal {
    const { intent } = payment;
    payment.charge = newCharge(payment, this.world.now(), DECLINED);
    const error = {
      type: 'card_error',
      ...DECLINED,
      decline_code: 'generic_decline',
      charge: payment.charge.id,
    } as const;
    const method = this.methods.find(intent.payment_method as string);
    intent.latest_charge = payment.charge.id;
    intent.last_payment_error = { ...error, payment_method: structuredClone(method) };
    intent.status = 'requires_payment_method';
    intent.payment_method = null;
    intent.amount_capturable = 0;
    this.world.state('payment_intent.payment_failed', intent);
    return new StripeRefusal(402, { ...error, payment_intent: structuredClone(intent) });
  }
}

function demand(intent: Stripe.PaymentIntent, statuses: readonly Status[], done: string, verb: string): void {
  if (statuses.includes(intent.status)) return;
  throw unexpectedState(
    intent,
    `You cannot ${verb} this PaymentIntent because it has a status of ${intent.status}. ` +
      `Only a PaymentIntent with one of the following statuses may be ${done}: ${statuses.join(', ')}.`,
  );
}
