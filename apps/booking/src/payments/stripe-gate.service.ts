import { Injectable } from '@nestjs/common';
import { newId, type PersonId } from '@scheduling/domain';
import type { Tx } from '@scheduling/persistence';
import type { Booking } from '../bookings/bookings.entity.ts';
import { STRIPE, transfer, tutorAccount } from '../credits/transfers.store.ts';
import { PaymentGate, type Returned } from './payment-gate.ts';
import { aimFor, lockPayment } from './payments.store.ts';
import { planRefund } from './refunds.store.ts';
import { StripeQueue } from './stripe-queue.ts';

/** What a card has paid, in the books; money goes back to the card outside, and is in the books once Stripe has taken it on. */
@Injectable()
export class StripeGate extends PaymentGate {
  override readonly method = 'stripe';

  constructor(private readonly queue: StripeQueue) {
    super();
  }

  /** Puts what was captured on the books. */
  override async charge(tx: Tx, booking: Booking): Promise<void> {
    const { id: bookingId, studentId, tutorId, priceCents: cents, currency } = booking;
    const [from, to, amount] = [STRIPE, tutorAccount(tutorId), { cents, currency }];
    await transfer(tx, { from, to, amount, kind: 'payment', bookingId, by: studentId });
  }

  /** Plans a refund; what nobody has captured yet is let go of instead, or comes back whole should that come too late. */
  override async refund(tx: Tx, { id, canceledBy, studentId }: Booking, cents: number): Promise<Returned> {
    const payment = await lockPayment(tx, id);
    if (!payment) throw new Error(`No card has ever paid for ${id}.`);
    if (payment.outcome === 'captured') await planRefund(tx, newId<PersonId>(), id, cents, canceledBy ?? studentId);
    else await aimFor(tx, id, ['await', 'capture', 'charge'], 'release');
    this.queue.afterCommit(tx);
    return 'on_its_way';
  }
}
