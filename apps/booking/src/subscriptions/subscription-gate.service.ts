import { Injectable } from '@nestjs/common';
import type { PersonId } from '@scheduling/domain';
import type { Tx } from '@scheduling/persistence';
import { BookingChanges } from '../bookings/booking-changes.service.ts';
import type { Booking } from '../bookings/bookings.entity.ts';
import { PLATFORM, transfer, tutorAccount } from '../credits/transfers.store.ts';
import { PaymentGate, type Returned } from '../payments/payment-gate.ts';
import { currentAllowance, returnLesson, takeLesson } from './periods.store.ts';
import { RenewalService } from './renewal.service.ts';
import { AllowanceUsedUp, NoSubscription } from './subscriptions.errors.ts';

/**
 * Pays with a lesson of the allowance of the period that runs now, and gives it back to that period. The student is locked.
 * The platform owes the tutor the lesson's price meanwhile; what is free of charge takes no lesson.
 */
@Injectable()
export class SubscriptionGate extends PaymentGate {
  override readonly method = 'subscription';

  constructor(
    private readonly renewal: RenewalService,
    private readonly changes: BookingChanges,
  ) {
    super();
  }

  /** The booking given learns which period has paid, as its row does: the caller goes on from it. */
  override async charge(tx: Tx, booking: Booking): Promise<void> {
    const { id: bookingId, studentId, tutorId, priceCents: cents, currency } = booking;
    if (cents === 0) return;
    booking.periodId = (await takeLesson(tx, studentId, bookingId)) ?? (await this.takeRenewed(tx, booking));
    const [from, to, amount] = [PLATFORM, tutorAccount(tutorId), { cents, currency }];
    tx.underway(transfer(tx, { from, to, amount, kind: 'payment', bookingId, by: studentId }));
  }

  /**
   * A lesson goes back whole or not at all: a part of its price changes the books alone, and what comes back after its period is over
   * has gone with it. The booking's history says which.
   */
  override async refund(tx: Tx, booking: Booking, cents: number): Promise<Returned> {
    const { id: bookingId, studentId, tutorId, currency, canceledBy } = booking;
    const action = await this.returned(tx, booking, cents);
    const [from, to, amount] = [tutorAccount(tutorId), PLATFORM, { cents, currency }];
    await transfer(tx, { from, to, amount, kind: 'refund', bookingId, by: canceledBy ?? studentId, reason: action });
    await this.changes.conclude(tx, booking, booking.status, { by: null, action });
    return 'returned';
  }

  private async returned(tx: Tx, { periodId, priceCents }: Booking, cents: number): Promise<string> {
    if (cents < priceCents) return 'allowance_kept';
    return (await returnLesson(tx, periodId!)) ? 'allowance_restored' : 'allowance_expired';
  }

  /** The clock may be about to begin a period that is due: whoever needs it does not wait. */
  private async takeRenewed(tx: Tx, { id, studentId }: Booking): Promise<Booking['periodId']> {
    await this.renewal.renewOf(tx, studentId);
    const taken = await takeLesson(tx, studentId, id);
    if (taken === null) throw await this.shortOf(tx, studentId);
    return taken;
  }

  private async shortOf(tx: Tx, student: PersonId): Promise<Error> {
    const current = await currentAllowance(tx, student);
    return current ? new AllowanceUsedUp(current.allowance, current.endsAt) : new NoSubscription();
  }
}
