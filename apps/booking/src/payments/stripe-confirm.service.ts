import { Injectable } from '@nestjs/common';
import { BookingPendingPayment } from '@scheduling/contracts';
import type { PersonId, SlotId } from '@scheduling/domain';
import { announce } from '@scheduling/events';
import { Database, once, type Repeatable, type Tx } from '@scheduling/persistence';
import { bookingFacts } from '../bookings/booking-facts.ts';
import { findBooking, timezoneOfTutor } from '../bookings/bookings.store.ts';
import { bookingIdOf, type Confirmed, ConfirmService } from '../bookings/confirm.service.ts';
import { HoldLapsed, HoldNotFound } from '../holds/holds.errors.ts';
import { newestHold } from '../holds/holds.store.ts';
import { refuseIntent } from './intent-check.policy.ts';
import { IntentsService } from './intents.service.ts';
import { IntentMismatch, PaymentHasFailed, PaymentMethodUnavailable } from './payments.errors.ts';
import { aimFor, findPayment, type Payment, takePayment } from './payments.store.ts';
import { SettlingService } from './settling.service.ts';
import { StripeClient } from './stripe-client.ts';

/** More than the longest that one go at a payment can take, in seconds. */
export const LEASE_SECONDS = 90;

/** Turns a hold into a booking that a card pays: the seat is sure first, and only then is the money taken. */
@Injectable()
export class StripeConfirmService {
  constructor(
    private readonly db: Database,
    private readonly stripe: StripeClient,
    private readonly intents: IntentsService,
    private readonly confirming: ConfirmService,
    private readonly settling: SettlingService,
  ) {}

  /**
   * Confirms a student's hold with the intent that was made for it. The booking waits for its payment where Stripe does not answer;
   * a repeat answers the same booking as it is by then.
   */
  async confirm(student: PersonId, slotId: SlotId, intentId: string, request: Repeatable): Promise<Confirmed> {
    if (!this.stripe.isOn) throw new PaymentMethodUnavailable();
    const payment = await this.db.transaction((tx) => this.awaited(tx, student, slotId, intentId));
    if (payment) refuseIntent(await this.intents.read(intentId), payment, this.stripe.isLive);

    const { confirmed, taken } = await this.db.transaction(async (tx) => {
      const answer = await once(tx, request, () => this.book(tx, student, slotId, intentId));
      // Nobody else begins while this request is at it.
      return { confirmed: answer, taken: await takePayment(tx, answer.booking, LEASE_SECONDS) };
    });
    if (taken) await this.settling.settle(taken);

    const booking = (await this.db.transaction((tx) => findBooking(tx, confirmed.booking.id)))!;
    if (booking.cancelCause === 'payment_failed') throw new PaymentHasFailed(booking.id);
    return { ...confirmed, booking };
  }

  /** What a hold that stands is to be paid with; null where it has become a booking, which needs no look at the intent. */
  private async awaited(tx: Tx, student: PersonId, slotId: SlotId, intentId: string): Promise<Payment | null> {
    const hold = await newestHold(tx, slotId, student);
    if (!hold) throw new HoldNotFound(slotId);
    if (hold.status === 'confirmed') return null;
    if (hold.status !== 'held' || hold.expiresAt <= tx.now) throw new HoldLapsed(slotId);
    const payment = await findPayment(tx, bookingIdOf(hold));
    if (payment?.intentId !== intentId) throw new IntentMismatch('payment_intent_id');
    return payment;
  }

  private async book(tx: Tx, student: PersonId, slotId: SlotId, intentId: string): Promise<Confirmed> {
    const { hold, known } = await this.confirming.lockHold(tx, student, slotId);
    if (known) return { booking: known, isRepeated: true };
    const manner = { status: 'pending_payment', paymentMethod: 'stripe', paymentIntentId: intentId } as const;
    const booking = await this.confirming.book(tx, hold, manner);
    // Whoever looked after the hold may have let it go by a clock that was ahead of this transaction's.
    if (!(await aimFor(tx, booking.id, ['await'], 'capture'))) throw new HoldLapsed(slotId);
    announce(tx, BookingPendingPayment.of(bookingFacts(booking, await timezoneOfTutor(tx, booking.tutorId))));
    return { booking, isRepeated: false };
  }
}
