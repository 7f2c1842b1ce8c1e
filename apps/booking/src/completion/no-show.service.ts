import { Injectable } from '@nestjs/common';
import { BookingNoShow } from '@scheduling/contracts';
import type { BookingId, PersonId } from '@scheduling/domain';
import { announce } from '@scheduling/events';
import { Database, lockPeople, once, type Repeatable, type Tx } from '@scheduling/persistence';
import { BookingChanges } from '../bookings/booking-changes.service.ts';
import { bookingFacts } from '../bookings/booking-facts.ts';
import type { Booking, Side } from '../bookings/bookings.entity.ts';
import { BookingNotFound } from '../bookings/bookings.errors.ts';
import { findOwnBooking, timezoneOfTutor } from '../bookings/bookings.store.ts';
import { PaymentGates } from '../payments/payment-gates.service.ts';
import { noShowRefund } from './no-show.policy.ts';

/** Who says of which lesson that somebody did not come. */
export interface Absence {
  readonly by: PersonId;
  readonly bookingId: BookingId;
  readonly absent: Side;
}

@Injectable()
export class NoShowService {
  constructor(
    private readonly db: Database,
    private readonly changes: BookingChanges,
    private readonly gates: PaymentGates,
  ) {}

  /** Keeps who did not come to a lesson, and gives back what the policy says, in one transaction; a repeat changes nothing. */
  tell(absence: Absence, request: Repeatable): Promise<Booking> {
    return this.db.transaction((tx) => once(tx, request, () => this.tellIn(tx, absence)));
  }

  private async tellIn(tx: Tx, { by, bookingId, absent }: Absence): Promise<Booking> {
    const glance = await findOwnBooking(tx, bookingId, by);
    if (!glance) throw new BookingNotFound(bookingId);
    await lockPeople(tx, [glance.tutorId, glance.studentId]);
    const booking = (await findOwnBooking(tx, bookingId, by)) ?? glance;
    if (booking.noShowBy === absent) return booking;

    const cents = noShowRefund(booking, absent, tx.now);
    const entry = { by, action: 'no_show', reason: absent };
    const told = await this.changes.change(tx, booking, { noShowBy: absent, refundedCents: cents }, entry);
    // The lesson's own state says nothing of this money: it was held, or was to be.
    if (cents > 0) await this.gates.of(told.paymentMethod).refund(tx, told, cents);
    const facts = bookingFacts(told, await timezoneOfTutor(tx, told.tutorId));
    announce(tx, BookingNoShow.of({ ...facts, no_show_by: absent, refunded_cents: cents }));
    return told;
  }
}
