import { Injectable } from '@nestjs/common';
import { BookingConfirmed, LessonConflicted } from '@scheduling/contracts';
import type { BookingId, PersonId, SlotId } from '@scheduling/domain';
import { announce } from '@scheduling/events';
import { Database, lockPeople, once, type Repeatable, type Tx } from '@scheduling/persistence';
import { keepClaim } from '../claims/claims.store.ts';
import { BookingConfig } from '../config.ts';
import { payForLesson } from '../credits/credits.store.ts';
import { HoldLapsed, HoldNotFound } from '../holds/holds.errors.ts';
import { confirmHold, type Hold, newestHold } from '../holds/holds.store.ts';
import { findSlot, lockSlots, settleSlots } from '../slots/slots.store.ts';
import { bookingFacts, conflictFacts } from './booking-facts.ts';
import type { Booking } from './bookings.entity.ts';
import { findBooking, insertBooking } from './bookings.store.ts';

/** A booking, and whether it was there before. */
export interface Confirmed {
  readonly booking: Booking;
  readonly isRepeated: boolean;
}

@Injectable()
export class ConfirmService {
  constructor(
    private readonly db: Database,
    private readonly config: BookingConfig,
  ) {}

  /** Turns a student's hold into a paid booking, in one transaction; repeated, it answers the same booking. */
  confirmWithCredit(student: PersonId, slotId: SlotId, request: Repeatable): Promise<Confirmed> {
    return this.db.transaction((tx) => once(tx, request, () => this.confirmIn(tx, student, slotId)));
  }

  private async confirmIn(tx: Tx, student: PersonId, slotId: SlotId): Promise<Confirmed> {
    const glance = await newestHold(tx, slotId, student);
    if (!glance) throw new HoldNotFound(slotId);
    await lockPeople(tx, [glance.tutorId, student]);
    await lockSlots(tx, [slotId]);
    const hold = (await newestHold(tx, slotId, student)) ?? glance;

    const known = hold.status === 'confirmed' ? await findBooking(tx, bookingIdOf(hold)) : null;
    if (known?.status === 'confirmed') return { booking: known, isRepeated: true };
    if (hold.status !== 'held' || hold.expiresAt <= tx.now) throw new HoldLapsed(slotId);

    const booking = this.newBooking(hold, tx.now);
    await insertBooking(tx, booking);
    await payForLesson(tx, booking);
    await confirmHold(tx, hold.id);
    await keepClaim(tx, slotId, student, hold.tutorId);
    await settleSlots(tx, [slotId]);
    const { timezone, offered } = await findSlot(tx, slotId);
    announce(tx, BookingConfirmed.of(bookingFacts(booking, timezone)));
    if (!offered) announce(tx, LessonConflicted.of(conflictFacts(booking, timezone)));
    return { booking, isRepeated: false };
  }

  private newBooking(hold: Hold, now: Date): Booking {
    const id = bookingIdOf(hold);
    return {
      id,
      slotId: hold.slotId,
      studentId: hold.studentId,
      tutorId: hold.tutorId,
      startAt: hold.startAt,
      endAt: hold.endAt,
      status: 'confirmed',
      priceCents: hold.priceCents,
      currency: hold.currency,
      paymentMethod: 'credit',
      joinLink: this.config.LESSON_LINK_TEMPLATE.replaceAll('{booking_id}', id),
      policy: hold.policy,
      version: 1,
      canceledBy: null,
      cancelReason: null,
      refundedCents: 0,
      createdAt: now,
      updatedAt: now,
    };
  }
}

/** The booking takes the hold's id: whoever holds knows the booking before it is. */
const bookingIdOf = (hold: Hold): BookingId => hold.id as string as BookingId;
