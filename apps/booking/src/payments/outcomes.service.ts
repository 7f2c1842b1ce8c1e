import { Injectable } from '@nestjs/common';
import type Stripe from 'stripe';
import { BookingConfirmed, PaymentFailed } from '@scheduling/contracts';
import { type BookingId, newId, type PersonId } from '@scheduling/domain';
import { announce } from '@scheduling/events';
import { Database, type Tx } from '@scheduling/persistence';
import { bookingFacts } from '../bookings/booking-facts.ts';
import { BookingChanges } from '../bookings/booking-changes.service.ts';
import { hasHappened } from '../bookings/booking-changes.store.ts';
import type { Booking } from '../bookings/bookings.entity.ts';
import { findBooking, timezoneOfTutor } from '../bookings/bookings.store.ts';
import { CancelService } from '../bookings/cancel.service.ts';
import { STRIPE, transfer, tutorAccount } from '../credits/transfers.store.ts';
import { lockPeopleAndSlots } from '../slots/slots.store.ts';
import type { Outcome } from './payment-steps.policy.ts';
import { aimFor, findPayment, lockPayment, type Payment, settlePayment } from './payments.store.ts';
import { planRefund } from './refunds.store.ts';
import { StripeGate } from './stripe-gate.service.ts';
import { StripeQueue } from './stripe-queue.ts';

/** A payment and its booking, if there is one, locked. */
interface Locked {
  readonly payment: Payment;
  readonly booking: Booking | null;
}

/** Writes down what Stripe has said has become of a payment: only that ends a booking's waiting for it. */
@Injectable()
export class OutcomesService {
  constructor(
    private readonly db: Database,
    private readonly changes: BookingChanges,
    private readonly canceling: CancelService,
    private readonly gate: StripeGate,
    private readonly queue: StripeQueue,
  ) {}

  /** Names the intent in a booking that a saved card is about to pay, which nobody can cancel meanwhile; false where it is off. */
  begin({ id }: Payment, { id: intentId, status }: Pick<Stripe.PaymentIntent, 'id' | 'status'>): Promise<boolean> {
    return this.db.transaction(async (tx) => {
      const locked = await this.lock(tx, id);
      const { booking } = locked;
      if (booking?.status === 'pending_payment' && booking.startAt <= tx.now && status !== 'succeeded') {
        await this.failed(tx, locked, 'payment_late');
        await aimFor(tx, id, ['capture', 'charge'], 'release');
        return false;
      }
      if (booking?.status !== 'pending_payment') {
        await aimFor(tx, id, ['charge'], 'release');
        return false;
      }
      if (booking.paymentIntentId === intentId) return true;
      await this.changes.change(tx, booking, { paymentIntentId: intentId }, { by: null, action: 'payment_begun' });
      return true;
    });
  }

  /** Writes an outcome down, once; `code` says in a word why nothing was paid, where nothing was. */
  record(id: BookingId, outcome: Outcome, code: string): Promise<void> {
    return this.db.transaction(async (tx) => {
      const locked = await this.lock(tx, id);
      if (locked.payment.outcome !== null) return;
      await settlePayment(tx, id, outcome);
      if (outcome === 'captured') await this.captured(tx, locked);
      if (outcome === 'failed') await this.failed(tx, locked, code);
      if (outcome === 'declined') await this.declined(tx, locked, code);
      if (outcome !== 'captured') await this.released(tx, locked);
    });
  }

  private async lock(tx: Tx, id: BookingId): Promise<Locked> {
    const { tutorId, studentId, slotId } = (await findPayment(tx, id))!;
    await lockPeopleAndSlots(tx, [tutorId, studentId], [slotId]);
    const booking = await findBooking(tx, id);
    return { payment: (await lockPayment(tx, id))!, booking };
  }

  private async captured(tx: Tx, { payment, booking }: Locked): Promise<void> {
    if (booking?.status !== 'pending_payment') return this.tooLate(tx, payment, booking);
    const confirmed = await this.changes.change(
      tx,
      booking,
      { status: 'confirmed' },
      { by: null, action: 'payment_captured' },
    );
    await this.gate.charge(tx, confirmed);
    announce(tx, BookingConfirmed.of(await this.facts(tx, confirmed)));
  }

  /** Nobody has a seat for it any more: all of it goes back. */
  private async tooLate(tx: Tx, payment: Payment, booking: Booking | null): Promise<void> {
    const { id, tutorId, studentId, amountCents: cents, currency } = payment;
    const [from, to, amount] = [STRIPE, tutorAccount(tutorId), { cents, currency }];
    await transfer(tx, { from, to, amount, kind: 'payment', by: studentId, ...(booking && { bookingId: id }) });
    await planRefund(tx, newId<PersonId>(), id, cents, booking?.canceledBy ?? studentId);
    this.queue.afterCommit(tx);
  }

  private async failed(tx: Tx, { booking }: Locked, code: string): Promise<void> {
    if (booking?.status !== 'pending_payment') return;
    const how = {
      by: booking.studentId,
      cause: 'payment_failed',
      reason: null,
      refundCents: 0,
      reopens: true,
    } as const;
    const canceled = await this.canceling.callOff(tx, booking, how);
    announce(tx, PaymentFailed.of({ ...(await this.facts(tx, canceled)), code }));
  }

  /** The lesson waits for another try; meanwhile it can be canceled. */
  private async declined(tx: Tx, { booking }: Locked, code: string): Promise<void> {
    if (booking?.status !== 'pending_payment') return;
    const entry = { by: null, action: 'payment_declined', reason: code };
    const wasSaid = await hasHappened(tx, booking, entry.action);
    const waiting = await this.changes.change(tx, booking, { paymentIntentId: null }, entry);
    // It is tried every hour: who was told once need not hear of each.
    if (!wasSaid) announce(tx, PaymentFailed.of({ ...(await this.facts(tx, waiting)), code }));
  }

  /** Nothing was taken, so nothing comes back either. */
  private async released(tx: Tx, { booking }: Locked): Promise<void> {
    if (booking?.status !== 'canceled' || booking.refundedCents === 0) return;
    await this.changes.change(tx, booking, { refundedCents: 0 }, { by: null, action: 'payment_released' });
  }

  private async facts(tx: Tx, booking: Booking) {
    return bookingFacts(booking, await timezoneOfTutor(tx, booking.tutorId));
  }
}
