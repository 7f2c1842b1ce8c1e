import { Injectable } from '@nestjs/common';
import { BookingConfirmed } from '@scheduling/contracts';
import { announce } from '@scheduling/events';
import type { Tx } from '@scheduling/persistence';
import { BookingChanges } from '../bookings/booking-changes.service.ts';
import { bookingFacts } from '../bookings/booking-facts.ts';
import type { Booking } from '../bookings/bookings.entity.ts';
import { timezoneOfTutor } from '../bookings/bookings.store.ts';
import { PaymentGates } from '../payments/payment-gates.service.ts';
import { findPayment } from '../payments/payments.store.ts';
import { SavedMethods } from '../payments/saved-methods.service.ts';
import { amountAtStripe } from '../payments/stripe-amounts.policy.ts';
import { askedUntil, wasLast } from './charge.policy.ts';
import { keepAttempt, nextAttemptOf } from './charges.store.ts';
import { SavedMethodNeeded } from './series.errors.ts';

/** What has come of a charge: the lesson is paid for, or a card is being asked, or it has said no for the last time. */
export type Charged = 'paid' | 'asked' | 'given_up';

/** Has one lesson of a series paid for, whose people and slot are locked; refuses where it cannot be. */
@Injectable()
export class ChargeService {
  constructor(
    private readonly changes: BookingChanges,
    private readonly gates: PaymentGates,
    private readonly savedMethods: SavedMethods,
  ) {}

  /** Charges a lesson that waits for its payment, the way that its series says. */
  async charge(tx: Tx, booking: Booking): Promise<Charged> {
    if (isByCard(booking)) return this.askCard(tx, booking);
    const paid = await this.changes.change(tx, booking, { status: 'confirmed' }, { by: null, action: 'charged' });
    if (paid.priceCents > 0) await this.gates.of(paid.paymentMethod).charge(tx, paid);
    announce(tx, BookingConfirmed.of(bookingFacts(paid, await timezoneOfTutor(tx, paid.tutorId))));
    return 'paid';
  }

  /** A card is asked outside any transaction; its no shows as a lesson that waits again. */
  private async askCard(tx: Tx, booking: Booking): Promise<Charged> {
    const { id, priceCents: cents, currency, startAt } = booking;
    const [payment, next] = await Promise.all([findPayment(tx, id), nextAttemptOf(tx, id)]);
    if (payment?.outcome === null) return 'asked';
    if (payment && next && wasLast(startAt, next)) return 'given_up';
    amountAtStripe({ cents, currency });
    if (!(await this.savedMethods.charge(tx, booking))) throw new SavedMethodNeeded();
    await keepAttempt(tx, id, null, askedUntil(startAt, tx.now));
    return 'asked';
  }
}

/** Whether a lesson takes a card to be paid for: what is free takes nothing. */
export const isByCard = ({ paymentMethod, priceCents }: Pick<Booking, 'paymentMethod' | 'priceCents'>): boolean =>
  paymentMethod === 'stripe' && priceCents > 0;
