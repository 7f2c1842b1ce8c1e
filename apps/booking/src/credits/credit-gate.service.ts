import { Injectable } from '@nestjs/common';
import type { Money, PersonId } from '@scheduling/domain';
import type { Tx } from '@scheduling/persistence';
import type { Booking } from '../bookings/bookings.entity.ts';
import { PaymentGate, type Returned } from '../payments/payment-gate.ts';
import { CurrencyMismatch, NotEnoughCredit } from './credits.errors.ts';
import { addCredit, balanceOf, takeCredit } from './credits.store.ts';
import { studentAccount, transfer, tutorAccount } from './transfers.store.ts';

/** Pays with a student's credits, and gives them back at once. The student is locked. */
@Injectable()
export class CreditGate extends PaymentGate {
  override readonly method = 'credit';

  override charge(tx: Tx, booking: Booking): Promise<void> {
    return this.pay(tx, booking, booking.priceCents, 'payment');
  }

  override async refund(tx: Tx, booking: Booking, cents: number): Promise<Returned> {
    await this.giveBack(tx, booking, cents, 'refund');
    return 'returned';
  }

  /** Settles what a lesson costs more, or less, at its new time. */
  async settleDifference(tx: Tx, booking: Booking, cents: number): Promise<void> {
    if (cents > 0) await this.pay(tx, booking, cents, 'price_difference');
    if (cents < 0) await this.giveBack(tx, booking, -cents, 'price_difference');
  }

  private async pay(tx: Tx, booking: Booking, cents: number, kind: 'payment' | 'price_difference'): Promise<void> {
    const { id: bookingId, studentId, tutorId, currency } = booking;
    if (cents === 0) return;
    const amount = { cents, currency };
    if (!(await takeCredit(tx, studentId, amount))) throw await this.shortOf(tx, studentId, amount);
    const [from, to] = [studentAccount(studentId), tutorAccount(tutorId)];
    tx.underway(transfer(tx, { from, to, amount, kind, bookingId, by: studentId }));
  }

  private async giveBack(tx: Tx, booking: Booking, cents: number, kind: 'refund' | 'price_difference'): Promise<void> {
    const { id: bookingId, studentId, tutorId, currency, canceledBy } = booking;
    const amount = { cents, currency };
    await addCredit(tx, studentId, amount);
    const [from, to] = [tutorAccount(tutorId), studentAccount(studentId)];
    await transfer(tx, { from, to, amount, kind, bookingId, by: canceledBy ?? studentId });
  }

  private async shortOf(tx: Tx, student: PersonId, { cents, currency }: Money): Promise<Error> {
    const held = await balanceOf(tx, student, currency);
    const other = await balanceOf(tx, student);
    if (held.cents === 0 && other.cents > 0) return new CurrencyMismatch(currency, other.currency);
    return new NotEnoughCredit(cents, held.cents, currency);
  }
}
