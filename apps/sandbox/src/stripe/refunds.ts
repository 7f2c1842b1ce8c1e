import type Stripe from 'stripe';
import type { Intents } from './intents.ts';
import { LIST_PARAMS } from './lists.ts';
import type { Params } from './params.ts';
import { partId, type Payment, type Payments } from './payments.ts';
import type { RefundFate } from './refund-fate.ts';
import { invalid, missing, StripeRefusal, unexpectedState } from './stripe-refusal.ts';
import type { World } from './world.ts';

const REASONS = ['duplicate', 'fraudulent', 'requested_by_customer'] as const;

/** Refunds: never more than was captured. */
export class Refunds {
  constructor(
    private readonly world: World,
    private readonly payments: Payments,
    private readonly intents: Intents,
    private readonly fate: () => RefundFate,
  ) {}

  create(params: Params): Stripe.Refund {
    params.only('payment_intent', 'charge', 'amount', 'reason', 'metadata');
    const asked = params.amount('amount');
    const reason = params.word('reason', REASONS) ?? null;
    const payment = this.paid(params);
    const refund = this.made(payment, asked, { reason, metadata: params.metadata() });
    const fate = this.fate();
    // The answer says what Stripe knew when it took the refund: that a bank refuses it is heard later.
    const answer = structuredClone(refund);
    if (fate === 'succeed') this.settle(refund.id, 'succeeded');
    if (fate === 'fail') this.settle(refund.id, 'failed');
    return fate === 'succeed' ? refund : answer;
  }

  find(id: string): Stripe.Refund {
    const refund = this.payments.ofPart(id)?.refunds.find((each) => each.id === id);
    if (!refund) throw missing('refund', id);
    return refund;
  }

  /** The newest first; of one intent or of all. */
  newest(params: Params): Stripe.Refund[] {
    const intent = params.only('payment_intent', ...LIST_PARAMS).text('payment_intent');
    const payments = intent === undefined ? this.payments.newest() : [this.payments.of(intent, 'payment_intent')];
    return payments.flatMap(({ refunds }) => refunds).toSorted((a, b) => b.created - a.created);
  }

  update(id: string, params: Params): Stripe.Refund {
    const refund = this.find(id);
    refund.metadata = params.only('metadata').metadata(refund.metadata ?? {});
    return refund;
  }

  /** Decides what becomes of a refund; one that had succeeded can still fail, and the money is Stripe's to keep for us. */
  settle(id: string, status: 'succeeded' | 'failed'): Stripe.Refund {
    const refund = this.find(id);
    if (refund.status === 'failed' || refund.status === status) return refund;
    refund.status = status;
    delete refund.pending_reason;
    if (status === 'failed') {
      refund.failure_reason = 'expired_or_canceled_card';
      this.move(this.payments.of(refund.payment_intent as string), -refund.amount);
    }
    this.world.state('refund.updated', refund);
    if (status === 'failed') this.world.state('refund.failed', refund);
    return refund;
  }

  private paid(params: Params): Payment {
    const charge = params.text('charge');
    const intent = params.text('payment_intent');
    if (charge !== undefined) return this.intents.find(this.payments.charge(charge).payment_intent as string);
    if (intent === undefined)
      throw invalid('One of the following params should be provided for this request: payment_intent or charge.');
    return this.intents.find(intent);
  }

  private made(
    payment: Payment,
    asked: number | undefined,
    given: Pick<Stripe.Refund, 'reason' | 'metadata'>,
  ): Stripe.Refund {
    const { intent, charge } = payment;
    if (!charge?.captured)
      throw unexpectedState(intent, `This PaymentIntent (${intent.id}) does not have a successful charge to refund.`);
    const left = charge.amount_captured - charge.amount_refunded;
    if (left === 0) throw refused(`Charge ${charge.id} has already been refunded.`, 'charge_already_refunded');
    const amount = asked ?? left;
    if (amount > left)
      throw refused(
        `Refund amount (${amount}) is greater than unrefunded amount on charge (${left})`,
        undefined,
        'amount',
      );
    const refund = newRefund(payment, charge, amount, this.world.now());
    payment.refunds.push(Object.assign(refund, given));
    this.move(payment, amount);
    this.world.state('refund.created', refund);
    this.world.state('charge.refunded', charge);
    return refund;
  }

  private move(payment: Payment, amount: number): void {
    this.payments.count(payment.intent.currency, 'refunded', amount);
    if (!payment.charge) return;
    payment.charge.amount_refunded += amount;
    payment.charge.refunded = payment.charge.amount_refunded === payment.charge.amount_captured;
  }
}

const refused = (message: string, code?: string, param?: string): StripeRefusal =>
  new StripeRefusal(400, { type: 'invalid_request_error', code, message, param });

const newRefund = (payment: Payment, charge: Stripe.Charge, amount: number, now: number): Stripe.Refund => ({
  id: partId('re', payment, payment.refunds.length + 1),
  object: 'refund',
  amount,
  balance_transaction: null,
  charge: charge.id,
  created: now,
  currency: payment.intent.currency,
  customer: payment.intent.customer,
  customer_account: null,
  metadata: {},
  payment_intent: payment.id,
  payment_method: payment.intent.payment_method,
  pending_reason: 'processing',
  reason: null,
  receipt_number: null,
  source_transfer_reversal: null,
  status: 'pending',
  transfer_reversal: null,
});
