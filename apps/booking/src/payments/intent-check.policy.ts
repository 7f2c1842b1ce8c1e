import type Stripe from 'stripe';
import { IntentMismatch, PaymentNotAuthorized } from './payments.errors.ts';
import type { Payment } from './payments.store.ts';
import { amountAtStripe } from './stripe-amounts.policy.ts';

/** What an intent says of itself that we rely on. */
export type StatedIntent = Pick<
  Stripe.PaymentIntent,
  'id' | 'status' | 'amount' | 'amount_capturable' | 'currency' | 'livemode' | 'metadata'
>;

/** What our intents are marked with, so that each pays for one hold alone. */
export const markOf = ({ id, slotId, studentId }: Payment) => ({
  booking_id: id,
  slot_id: slotId,
  student_id: studentId,
});

/** Refuses an intent that does not pay for exactly this hold, or that no card stands behind: nothing of it is taken on trust. */
export function refuseIntent(intent: StatedIntent, payment: Payment, isLive: boolean): void {
  const { amount, currency } = amountAtStripe({ cents: payment.amountCents, currency: payment.currency });
  const wanted = { payment_intent_id: payment.intentId, ...markOf(payment), amount, currency, livemode: isLive };
  const { id: payment_intent_id, metadata, ...stated } = intent;
  const found: Readonly<Record<string, unknown>> = { ...metadata, ...stated, payment_intent_id };
  const differs = Object.entries(wanted).find(([field, value]) => found[field] !== value);
  if (differs) throw new IntentMismatch(differs[0]);
  if (intent.status !== 'requires_capture') throw new PaymentNotAuthorized(intent.status);
  if (intent.amount_capturable !== amount) throw new IntentMismatch('amount_capturable');
}
