import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '@scheduling/persistence';
import type Stripe from 'stripe';
import { IntentsService } from './intents.service.ts';
import { OutcomesService } from './outcomes.service.ts';
import { codeOf, type Deed, type Goal, isOutcome, stepFor } from './payment-steps.policy.ts';
import { StripeRefused, StripeUnreachable } from './payments.errors.ts';
import { aimFor, lockPayment, type Payment, postponePayment, settlePayment } from './payments.store.ts';
import { nextLook } from './patience.policy.ts';
import { StripeClient } from './stripe-client.ts';
import { StripeQueue } from './stripe-queue.ts';

/** More than any intent needs to come to an end in one go. */
const MOST_STEPS = 6;

/** A payment whose student has made up their mind. */
type Decided = Payment & { readonly goal: Goal };

/** Brings payments as far as Stripe goes along: what is wanted of each stands in its row, and what has come of it is asked of Stripe. */
@Injectable()
export class SettlingService {
  constructor(
    private readonly db: Database,
    private readonly stripe: StripeClient,
    private readonly intents: IntentsService,
    private readonly outcomes: OutcomesService,
    private readonly queue: StripeQueue,
  ) {}

  /** Goes on with a payment that was taken for this worker alone, outside any transaction; what is not over yet is looked at later. */
  async settle(taken: Payment): Promise<void> {
    const payment = await this.db.transaction((tx) => this.decide(tx, taken));
    if (!payment) return;
    try {
      if (!(await this.goOn(payment))) await this.lookLater(payment, null);
    } catch (error) {
      if (error instanceof StripeRefused) return this.refused(payment, error.reason);
      if (!(error instanceof StripeUnreachable)) throw error;
      await this.lookLater(payment, error.code);
    }
  }

  /** A saved card that Stripe does not even make an intent for is one that was declined. */
  private refused(payment: Decided, reason: string): Promise<void> {
    const isNoCard = payment.goal === 'charge' && payment.intentId === null;
    return isNoCard ? this.outcomes.record(payment.id, 'declined', reason) : this.lookLater(payment, reason);
  }

  /** What is wanted of a payment now; null where that is nothing. */
  private async decide(tx: Tx, taken: Payment): Promise<Decided | null> {
    const payment = (await lockPayment(tx, taken.id))!;
    const { id, goal, intentId, holdStatus, expiresAt } = payment;
    if (goal === 'await') {
      const isLive = holdStatus === 'held' && expiresAt > tx.now;
      if (isLive) await postponePayment(tx, payment, nextLook(expiresAt, 1), null);
      // Nobody ever had the secret of an intent whose name we do not know: it cannot have been paid.
      else if (intentId === null) await settlePayment(tx, id, 'released');
      else if (await aimFor(tx, id, ['await'], 'release')) return { ...payment, goal: 'release' };
      return null;
    }
    return { ...payment, goal };
  }

  /** Whether it is over. */
  private async goOn(payment: Decided): Promise<boolean> {
    let intent = await this.intents.intentOf(payment);
    if (payment.goal !== 'release' && !(await this.outcomes.begin(payment, intent))) return false;
    let refused: Deed | null = null;
    for (let steps = 0; steps < MOST_STEPS; steps++) {
      const step = stepFor(payment.goal, intent.status, refused);
      if (isOutcome(step)) {
        await this.outcomes.record(payment.id, step, codeOf(intent));
        return true;
      }
      if (step === 'wait') return false;
      const done: Stripe.PaymentIntent | null = await this.try(step, intent.id, payment);
      refused = done ? null : step;
      intent = done ?? (await this.intents.read(intent.id));
    }
    return false;
  }

  /**
   * Asks for one thing; null where Stripe refuses it. None carries an idempotency key: an intent does each only once, and is read
   * again after an answer that was lost.
   */
  private async try(deed: Deed, id: string, { methodId }: Payment): Promise<Stripe.PaymentIntent | null> {
    try {
      return await this.stripe.ask(({ paymentIntents }) => {
        if (deed === 'capture') return paymentIntents.capture(id);
        if (deed === 'cancel') return paymentIntents.cancel(id, { cancellation_reason: 'abandoned' });
        return paymentIntents.confirm(id, { payment_method: methodId!, off_session: true });
      });
    } catch (error) {
      if (error instanceof StripeRefused) return null;
      throw error;
    }
  }

  private lookLater(payment: Payment, why: string | null): Promise<void> {
    return this.db.transaction(async (tx) => {
      const isDue = await postponePayment(tx, payment, nextLook(tx.now, payment.attempts), why);
      if (isDue) this.queue.afterCommit(tx);
    });
  }
}
