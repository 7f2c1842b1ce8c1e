import { Injectable, Logger } from '@nestjs/common';
import { PaymentFailed } from '@scheduling/contracts';
import { type BookingId, loggable, PaymentError } from '@scheduling/domain';
import { announce } from '@scheduling/events';
import { Database, type Tx } from '@scheduling/persistence';
import { bookingFacts } from '../bookings/booking-facts.ts';
import type { Booking } from '../bookings/bookings.entity.ts';
import { findBooking, timezoneOfTutor } from '../bookings/bookings.store.ts';
import { CancelService } from '../bookings/cancel.service.ts';
import { BookingConfig } from '../config.ts';
import { lockPeopleAndSlots } from '../slots/slots.store.ts';
import { isDue, nextAttempt } from './charge.policy.ts';
import { ChargeService } from './charge.service.ts';
import { dueLessons, keepAttempt } from './charges.store.ts';

const BATCH = 100;

/** Has lessons of series paid for, some days before they start. */
@Injectable()
export class ChargesService {
  private readonly logger = new Logger(ChargesService.name);

  constructor(
    private readonly db: Database,
    private readonly config: BookingConfig,
    private readonly charging: ChargeService,
    private readonly canceling: CancelService,
  ) {}

  /** Charges every lesson that is due, one after the other; answers how many were. */
  async chargeDue(): Promise<number> {
    let charged = 0;
    for (let after: BookingId | null = null; ;) {
      const page: { after: BookingId | null; limit: number } = { after, limit: BATCH };
      const due = await this.db.transaction((tx) => dueLessons(tx, this.config.SERIES_CHARGE_DAYS, page));
      for (const id of due) if (await this.attempt(id)) charged++;
      if (due.length < BATCH) return charged;
      after = due.at(-1)!;
    }
  }

  /** One that goes wrong keeps none of the others from being charged. */
  private async attempt(id: BookingId): Promise<boolean> {
    try {
      return await this.chargeOne(id);
    } catch (error) {
      this.logger.error({ message: 'A lesson waits to be charged.', booking_id: id, error: loggable(error) });
      return false;
    }
  }

  /** What a refused charge had begun is rolled back before anything is made of it. */
  private async chargeOne(id: BookingId): Promise<boolean> {
    try {
      return await this.db.transaction((tx) => this.charge(tx, id));
    } catch (error) {
      if (!(error instanceof PaymentError)) throw error;
      await this.db.transaction((tx) => this.refused(tx, id, error.code));
      return false;
    }
  }

  private async charge(tx: Tx, id: BookingId): Promise<boolean> {
    const booking = await this.lockDue(tx, id);
    if (!booking) return false;
    // Nobody charged it in time: the student cannot have counted on it.
    const charged = booking.startAt <= tx.now ? 'given_up' : await this.charging.charge(tx, booking);
    if (charged === 'given_up') await this.callOff(tx, booking);
    return charged === 'paid';
  }

  /** What was refused is said once, tried again, and in the end called off. */
  private async refused(tx: Tx, id: BookingId, code: string): Promise<void> {
    const booking = await this.lockDue(tx, id);
    if (!booking) return;
    const again = nextAttempt(booking.startAt, tx.now);
    if (await keepAttempt(tx, id, code, again ?? booking.startAt)) {
      const facts = bookingFacts(booking, await timezoneOfTutor(tx, booking.tutorId));
      announce(tx, PaymentFailed.of({ ...facts, code }));
    }
    if (!again) await this.callOff(tx, booking);
  }

  private async callOff(tx: Tx, booking: Booking): Promise<void> {
    const off = {
      by: booking.studentId,
      cause: 'payment_failed',
      reason: null,
      refundCents: 0,
      reopens: true,
    } as const;
    await this.canceling.callOff(tx, booking, off);
  }

  /** Locks a lesson's people and slot; answers it where it is still to be charged. */
  private async lockDue(tx: Tx, id: BookingId): Promise<Booking | null> {
    const glance = (await findBooking(tx, id))!;
    await lockPeopleAndSlots(tx, [glance.tutorId, glance.studentId], [glance.slotId]);
    const booking = (await findBooking(tx, id))!;
    // It was moved while this waited; nobody has a slot of this tutor's without the tutor.
    if (booking.slotId !== glance.slotId) await lockPeopleAndSlots(tx, [], [booking.slotId]);
    const isPending = booking.status === 'pending_payment' && booking.paymentIntentId === null;
    return isPending && isDue(booking.startAt, this.config.SERIES_CHARGE_DAYS, tx.now) ? booking : null;
  }
}
