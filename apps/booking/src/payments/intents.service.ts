import { Injectable } from '@nestjs/common';
import type { PersonId, SlotId } from '@scheduling/domain';
import { audit, Database, once, type Repeatable, type Tx } from '@scheduling/persistence';
import type Stripe from 'stripe';
import { bookingIdOf } from '../bookings/confirm.service.ts';
import { HoldConfirmed, HoldLapsed, HoldNotFound } from '../holds/holds.errors.ts';
import { newestHold } from '../holds/holds.store.ts';
import { markOf } from './intent-check.policy.ts';
import { NothingToPay, PaymentMethodUnavailable, StripeUnreachable } from './payments.errors.ts';
import { awaitPayment, findPayment, keepIntent, type Payment, spendKey } from './payments.store.ts';
import { amountAtStripe } from './stripe-amounts.policy.ts';
import { StripeClient } from './stripe-client.ts';

/** An intent with what it is for. */
export interface AskedIntent {
  readonly payment: Payment;
  readonly intent: Stripe.PaymentIntent;
}

/** Makes intents, and finds them again: one for each hold. */
@Injectable()
export class IntentsService {
  constructor(
    private readonly db: Database,
    private readonly stripe: StripeClient,
  ) {}

  /** The intent that pays for what a student holds, made when it is asked for first. Its secret goes to the student, and nowhere else. */
  async ask(student: PersonId, slotId: SlotId, request: Repeatable): Promise<AskedIntent> {
    if (!this.stripe.isOn) throw new PaymentMethodUnavailable();
    const { id } = await this.db.transaction((tx) => once(tx, request, () => this.awaitFor(tx, student, slotId)));
    const payment = await this.db.transaction((tx) => findPayment(tx, id));
    if (payment!.intentId === null && payment!.outcome !== null) throw new HoldLapsed(slotId);
    const intent = await this.intentOf(payment!);
    return { payment: { ...payment!, intentId: intent.id }, intent };
  }

  /** The intent of a payment as it is at Stripe now, made if Stripe has told of none. */
  async intentOf(payment: Payment): Promise<Stripe.PaymentIntent> {
    if (payment.intentId !== null) return this.read(payment.intentId);
    const made = await this.make(payment);
    const kept = await this.db.transaction((tx) => keepIntent(tx, payment.id, made.id));
    return kept === made.id ? made : this.read(kept);
  }

  /** An intent as it is at Stripe now. */
  read(intentId: string): Promise<Stripe.PaymentIntent> {
    return this.stripe.ask(({ paymentIntents }) => paymentIntents.retrieve(intentId));
  }

  private async awaitFor(tx: Tx, student: PersonId, slotId: SlotId): Promise<Pick<Payment, 'id'>> {
    const hold = await newestHold(tx, slotId, student);
    if (!hold) throw new HoldNotFound(slotId);
    if (hold.status === 'confirmed') throw new HoldConfirmed(slotId, hold.id);
    if (hold.status !== 'held' || hold.expiresAt <= tx.now) throw new HoldLapsed(slotId);
    if (hold.priceCents === 0) throw new NothingToPay(slotId);
    amountAtStripe({ cents: hold.priceCents, currency: hold.currency });
    await awaitPayment(tx, hold);
    audit(tx, { action: 'PaymentAsked', subject: ['hold', hold.id] });
    return { id: bookingIdOf(hold) };
  }

  /** A lost answer comes again under the same key; an error that Stripe keeps for it does not, so another key is next. */
  private async make(payment: Payment): Promise<Stripe.PaymentIntent> {
    const { id, keys, amountCents: cents, currency, customerId, methodId } = payment;
    const saved = customerId !== null && methodId !== null && { customer: customerId, payment_method: methodId };
    const params: Stripe.PaymentIntentCreateParams = {
      ...amountAtStripe({ cents, currency }),
      // The student stands in front of their browser; a saved card is captured at once, since its seat is sure.
      capture_method: saved ? 'automatic' : 'manual',
      automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
      metadata: markOf(payment),
      ...saved,
    };
    try {
      return await this.stripe.ask(({ paymentIntents }) =>
        paymentIntents.create(params, { idempotencyKey: `booking:${id}:intent:${keys}` }),
      );
    } catch (error) {
      if (error instanceof StripeUnreachable && error.hasAnswered) {
        await this.db.transaction((tx) => spendKey(tx, payment));
      }
      throw error;
    }
  }
}
