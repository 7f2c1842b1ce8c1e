import { Injectable } from '@nestjs/common';
import { BookingRefunded } from '@scheduling/contracts';
import { announce } from '@scheduling/events';
import { Database, lockPeople, type Tx } from '@scheduling/persistence';
import type Stripe from 'stripe';
import { bookingFacts } from '../bookings/booking-facts.ts';
import { BookingChanges } from '../bookings/booking-changes.service.ts';
import type { Booking } from '../bookings/bookings.entity.ts';
import { findBooking, timezoneOfTutor } from '../bookings/bookings.store.ts';
import { PLATFORM, STRIPE, transfer, tutorAccount } from '../credits/transfers.store.ts';
import { leaveTask, type TaskKind } from './operator-tasks.store.ts';
import { nextLook } from './patience.policy.ts';
import { meaningOf } from './payment-steps.policy.ts';
import { AmountNotChargeable, StripeRefused, StripeUnreachable } from './payments.errors.ts';
import { findPayment, type Payment } from './payments.store.ts';
import {
  keepRefund,
  lockRefund,
  postponeRefund,
  type Refund,
  refundAtStripe,
  settleRefund,
  spendRefundKey,
} from './refunds.store.ts';
import { amountAtStripe } from './stripe-amounts.policy.ts';
import { StripeClient } from './stripe-client.ts';

/** A refund with whose it is, all locked. */
interface Locked {
  readonly refund: Refund;
  readonly payment: Payment;
  /** Null where the money came for a hold that never became one. */
  readonly booking: Booking | null;
}

/** Gives money back to the cards that it came from, and writes down what Stripe says has become of it. */
@Injectable()
export class RefundingService {
  constructor(
    private readonly db: Database,
    private readonly stripe: StripeClient,
    private readonly changes: BookingChanges,
  ) {}

  /** Goes on with a refund that was taken for this worker alone; what is not over yet is looked at later. */
  async settle(taken: Refund): Promise<void> {
    try {
      await this.record(taken, await this.atStripe(taken));
    } catch (error) {
      if (error instanceof AmountNotChargeable) return this.giveUp(taken, error.code);
      if (error instanceof StripeRefused) return this.giveUp(taken, error.reason);
      if (!(error instanceof StripeUnreachable)) throw error;
      await this.db.transaction(async (tx) => {
        if (error.hasAnswered) await spendRefundKey(tx, taken);
        await postponeRefund(tx, taken, nextLook(tx.now, taken.attempts), error.code);
      });
    }
  }

  /** Reads a refund again that Stripe has told of. */
  async readAgain(refundId: string): Promise<void> {
    const known = await this.db.transaction((tx) => refundAtStripe(tx, refundId));
    if (known) await this.record(known, await this.read(refundId));
  }

  /** A refund as Stripe has it, made unless one of our earlier tries has come through. */
  private async atStripe(refund: Refund): Promise<Stripe.Refund> {
    if (refund.refundId !== null) return this.read(refund.refundId);
    const earlier = refund.attempts > 1 ? await this.search(refund) : undefined;
    return earlier ?? this.make(refund);
  }

  private read(refundId: string): Promise<Stripe.Refund> {
    return this.stripe.ask(({ refunds }) => refunds.retrieve(refundId));
  }

  private async search({ id, intentId }: Refund): Promise<Stripe.Refund | undefined> {
    const made = await this.stripe.ask(({ refunds }) => refunds.list({ payment_intent: intentId, limit: 100 }));
    return made.data.find(({ metadata }) => metadata?.['refund_id'] === id);
  }

  private make({ id, intentId, amountCents: cents, currency, paymentId, keys }: Refund): Promise<Stripe.Refund> {
    const { amount } = amountAtStripe({ cents, currency });
    const params = { payment_intent: intentId, amount, metadata: { refund_id: id, booking_id: paymentId } };
    return this.stripe.ask(({ refunds }) => refunds.create(params, { idempotencyKey: `refund:${id}:${keys}` }));
  }

  /** Writes down what Stripe says of a refund; from the moment that it has one, the money is in the books. */
  private record({ id, paymentId }: Refund, said: Stripe.Refund): Promise<void> {
    return this.db.transaction(async (tx) => {
      const locked = await this.lock(tx, id, paymentId);
      const { refund } = locked;
      if (refund.refundId === null) {
        await keepRefund(tx, id, said.id);
        await this.move(tx, locked, 'refund');
      }
      const meaning = meaningOf(said);
      if (meaning === 'wait') await postponeRefund(tx, refund, nextLook(tx.now, refund.attempts), said.status);
      if (meaning === 'returned' && refund.state !== 'returned') await this.returned(tx, locked);
      if (meaning === 'failed' && refund.state !== 'failed') await this.failed(tx, locked, said);
    });
  }

  private async lock(tx: Tx, id: string, paymentId: Refund['paymentId']): Promise<Locked> {
    const payment = (await findPayment(tx, paymentId))!;
    await lockPeople(tx, [payment.tutorId, payment.studentId]);
    const booking = await findBooking(tx, paymentId);
    return { refund: await lockRefund(tx, id), payment, booking };
  }

  private async returned(tx: Tx, { refund, booking }: Locked): Promise<void> {
    await settleRefund(tx, refund.id, 'returned');
    if (!booking) return;
    const refundedCents = Math.max(booking.refundedCents, refund.amountCents);
    // Also where the lesson took place: what is stated has a version of its own.
    const status = booking.status === 'canceled' ? ({ status: 'refunded' } as const) : {};
    const told = await this.changes.change(tx, booking, { ...status, refundedCents }, { by: null, action: 'refunded' });
    const facts = bookingFacts(told, await timezoneOfTutor(tx, told.tutorId));
    announce(tx, BookingRefunded.of({ ...facts, refunded_cents: refund.amountCents }));
  }

  /** The money is at Stripe again, and is owed to the student: how it reaches them is for a person to find out. */
  private async failed(tx: Tx, locked: Locked, said: Stripe.Refund): Promise<void> {
    await settleRefund(tx, locked.refund.id, 'failed');
    await this.move(tx, locked, 'correction');
    await this.leave(tx, locked, 'refund_failed', said.failure_reason ?? said.status ?? 'failed');
  }

  private giveUp({ id, paymentId }: Refund, reason: string): Promise<void> {
    return this.db.transaction(async (tx) => {
      const locked = await this.lock(tx, id, paymentId);
      if (locked.refund.state === 'failed') return;
      await settleRefund(tx, id, 'failed');
      await this.leave(tx, locked, 'refund_refused', reason);
    });
  }

  private async move(tx: Tx, { refund, payment, booking }: Locked, kind: 'refund' | 'correction'): Promise<void> {
    const [from, to] = kind === 'refund' ? [tutorAccount(payment.tutorId), STRIPE] : [STRIPE, PLATFORM];
    const amount = { cents: refund.amountCents, currency: refund.currency };
    const bookingId = booking ? { bookingId: booking.id } : {};
    await transfer(tx, { from, to, amount, kind, by: refund.madeBy, ...bookingId });
  }

  private leave(tx: Tx, { refund, payment }: Locked, kind: TaskKind, reason: string): Promise<void> {
    return leaveTask(tx, kind, refund.id, {
      booking_id: payment.id,
      student_id: payment.studentId,
      payment_intent_id: payment.intentId,
      amount_cents: refund.amountCents,
      currency: refund.currency,
      reason,
    });
  }
}
