import { Injectable } from '@nestjs/common';
import { BookingCanceled, SlotsChanged } from '@scheduling/contracts';
import type { BookingId, PersonId } from '@scheduling/domain';
import { announce } from '@scheduling/events';
import { Database, lockPeople, once, type Repeatable, type Tx } from '@scheduling/persistence';
import { releaseClaims } from '../claims/claims.store.ts';
import { refundLesson } from '../credits/credits.store.ts';
import { lockSlots, settleSlots, withholdSlot } from '../slots/slots.store.ts';
import { bookingFacts } from './booking-facts.ts';
import type { Booking } from './bookings.entity.ts';
import { BookingNotFound } from './bookings.errors.ts';
import { findOwnBooking, scheduleVersion, timezoneOfTutor, updateBooking } from './bookings.store.ts';
import { cancel } from './cancel.policy.ts';

/** Who cancels which booking, and how. */
export interface CancelRequest {
  readonly by: PersonId;
  readonly bookingId: BookingId;
  /** For the other person to read. */
  readonly reason: string | null;
  /** Whether a tutor wants the time offered again. */
  readonly reopen: boolean;
}

@Injectable()
export class CancelService {
  constructor(private readonly db: Database) {}

  /** Cancels a booking and gives money and time back by its policy, in one transaction; a repeat changes nothing. */
  cancel(wish: CancelRequest, request: Repeatable): Promise<Booking> {
    return this.db.transaction((tx) => once(tx, request, () => this.cancelIn(tx, wish)));
  }

  private async cancelIn(tx: Tx, { by, bookingId, reason, reopen }: CancelRequest): Promise<Booking> {
    const glance = await findOwnBooking(tx, bookingId, by);
    if (!glance) throw new BookingNotFound(bookingId);
    await lockPeople(tx, [glance.tutorId, glance.studentId]);
    await lockSlots(tx, [glance.slotId]);
    const booking = (await findOwnBooking(tx, bookingId, by)) ?? glance;
    if (booking.status === 'canceled' || booking.status === 'refunded') {
      if (reopen && by === booking.tutorId) await this.offerAgain(tx, booking);
      return booking;
    }

    const { refundCents, reopens } = cancel(booking, by, reopen, tx.now);
    const canceled: Booking = {
      ...booking,
      status: refundCents > 0 ? 'refunded' : 'canceled',
      version: booking.version + 1,
      canceledBy: by,
      cancelReason: reason,
      refundedCents: refundCents,
      updatedAt: tx.now,
    };
    await updateBooking(tx, canceled);
    await refundLesson(tx, canceled);
    await releaseClaims(tx, [booking]);
    if (!reopens) await withholdSlot(tx, booking.slotId, true);
    await settleSlots(tx, [booking.slotId]);
    const facts = bookingFacts(canceled, await timezoneOfTutor(tx, booking.tutorId));
    announce(tx, BookingCanceled.of({ ...facts, canceled_by: by, reason, refunded_cents: refundCents }));
    return canceled;
  }

  /** A tutor may change their mind about the time of a lesson that is off. */
  private async offerAgain(tx: Tx, { slotId, tutorId }: Booking): Promise<void> {
    if (!(await withholdSlot(tx, slotId, false))) return;
    await settleSlots(tx, [slotId]);
    announce(tx, SlotsChanged.of({ tutor_id: tutorId, schedule_version: await scheduleVersion(tx, tutorId) }));
  }
}
