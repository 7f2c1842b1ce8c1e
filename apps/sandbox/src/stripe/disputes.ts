import type Stripe from 'stripe';
import { partId, type Payments } from './payments.ts';
import { invalid, missing } from './stripe-refusal.ts';
import type { World } from './world.ts';

const WEEK = 7 * 24 * 60 * 60;

/** Disputes: what a student's bank begins, and decides. */
export class Disputes {
  constructor(
    private readonly world: World,
    private readonly payments: Payments,
  ) {}

  /** A student tells their bank that they do not know of a captured payment. */
  open(intentId: string, reason = 'fraudulent', amount?: number): Stripe.Dispute {
    const payment = this.payments.of(intentId);
    const { charge } = payment;
    if (!charge?.captured || payment.dispute) throw invalid(`Charge of ${intentId} cannot be disputed.`, 'charge');
    charge.disputed = true;
    const dispute: Stripe.Dispute = {
      id: partId('du', payment, 1),
      object: 'dispute',
      amount: amount ?? charge.amount_captured,
      balance_transactions: [],
      charge: charge.id,
      created: this.world.now(),
      currency: charge.currency,
      enhanced_eligibility_types: [],
      evidence: {} as Stripe.Dispute.Evidence,
      evidence_details: {
        due_by: this.world.now() + WEEK,
        enhanced_eligibility: {},
        has_evidence: false,
        past_due: false,
        submission_count: 0,
        submission_method: 'not_submitted',
      },
      intended_submission_method: null,
      is_charge_refundable: false,
      livemode: false,
      metadata: {},
      payment_intent: payment.id,
      reason,
      status: 'needs_response',
    };
    payment.dispute = dispute;
    this.world.state('charge.dispute.created', dispute);
    return dispute;
  }

  /** The bank decides. */
  close(id: string, status: 'won' | 'lost'): Stripe.Dispute {
    const dispute = Object.assign(this.find(id), { status });
    this.world.state('charge.dispute.closed', dispute);
    return dispute;
  }

  find(id: string): Stripe.Dispute {
    const dispute = this.payments.ofPart(id)?.dispute;
    if (dispute?.id !== id) throw missing('dispute', id, 'dispute');
    return dispute;
  }
}
