import { Injectable } from '@nestjs/common';
import { BookingConfirmed, LessonConflicted } from '@scheduling/contracts';
import type { BookingId, PersonId, SlotId } from '@scheduling/domain';
import { announce } from '@scheduling/events';
import { Database, once, type Repeatable, type Tx } from '@scheduling/persistence';
import { BookingConfig } from '../config.ts';
import { HoldLapsed, HoldNotFound } from '../holds/holds.errors.ts';
import { type Hold, newestHold } from '../holds/holds.store.ts';
import { PaymentGates } from '../payments/payment-gates.service.ts';
import { lockPeopleAndSlots } from '../slots/slots.store.ts';
import { bookingFacts, conflictFacts } from './booking-facts.ts';
import { BookingChanges } from './booking-changes.service.ts';
import type { Booking, PaymentMethod } from './bookings.entity.ts';
import { findBooking } from './bookings.store.ts';
import { isOff } from './booking-states.policy.ts';
import { keepSeat } from './confirm.store.ts';

/** A booking, and whether it was there before. */
export interface Confirmed {
  readonly booking: Booking;
  readonly isRepeated: boolean;
}

/** How a hold becomes a booking. */
export type Manner = Pick<Booking, 'status' | 'paymentMethod'> & Partial<Pick<Booking, 'paymentIntentId' | 'seriesId'>>;

@Injectable()
export class ConfirmService {
  constructor(
    private readonly db: Database,
    private readonly config: BookingConfig,
    private readonly changes: BookingChanges,
    private readonly gates: PaymentGates,
  ) {}

  /** Turns a student's hold into a booking that is paid for in the same transaction; repeated, it answers the same booking. */
  confirm(
    student: PersonId,
    slotId: SlotId,
    method: Exclude<PaymentMethod, 'stripe'>,
    request: Repeatable,
  ): Promise<Confirmed> {
    return this.db.transaction((tx) =>
      once(tx, request, async () => {
        const { hold, known } = await this.lockHold(tx, student, slotId);
        if (known) return { booking: known, isRepeated: true };
        const booking = await this.book(tx, hold, { status: 'confirmed', paymentMethod: method });
        await this.gates.of(method).charge(tx, booking);
        return { booking, isRepeated: false };
      }),
    );
  }

  /** Locks the people and the slot of a student's hold; answers it, or the booking that it has become. Refuses without either. */
  async lockHold(tx: Tx, student: PersonId, slotId: SlotId): Promise<{ hold: Hold; known: Booking | null }> {
    const glance = await newestHold(tx, slotId, student);
    if (!glance) throw new HoldNotFound(slotId);
    // Sent behind the locks, and read once they are had.
    const [, newest] = await Promise.all([
      lockPeopleAndSlots(tx, [glance.tutorId, student], [slotId]),
      newestHold(tx, slotId, student),
    ]);
    const hold = newest ?? glance;

    const known = hold.status === 'confirmed' ? await findBooking(tx, bookingIdOf(hold)) : null;
    if (known && !isOff(known)) return { hold, known };
    if (hold.status !== 'held' || hold.expiresAt <= tx.now) throw new HoldLapsed(slotId);
    return { hold, known: null };
  }

  /** Makes a live hold, whose people and slot are locked, a booking: nothing but a decision ends its claims now. */
  async book(tx: Tx, hold: Hold, manner: Manner): Promise<Booking> {
    const booking = this.newBooking(hold, manner, tx.now);
    tx.underway(this.changes.made(tx, booking, { by: booking.studentId, action: 'booked' }));
    const { timezone, offered } = await keepSeat(tx, hold);
    if (booking.status === 'confirmed') announce(tx, BookingConfirmed.of(bookingFacts(booking, timezone)));
    if (!offered) announce(tx, LessonConflicted.of(conflictFacts(booking, timezone)));
    return booking;
  }

  private newBooking(hold: Hold, manner: Manner, now: Date): Booking {
    const id = bookingIdOf(hold);
    return {
      id,
      slotId: hold.slotId,
      seat: hold.seat,
      studentId: hold.studentId!,
      tutorId: hold.tutorId,
      startAt: hold.startAt,
      endAt: hold.endAt,
      priceCents: hold.priceCents,
      currency: hold.currency,
      paymentIntentId: null,
      periodId: null,
      seriesId: null,
      joinLink: this.config.LESSON_LINK_TEMPLATE.replaceAll('{booking_id}', id),
      joinLinkSource: 'template',
      policy: hold.policy,
      version: 1,
      canceledBy: null,
      cancelReason: null,
      cancelCause: null,
      refundedCents: 0,
      reschedules: 0,
      freeCancellation: false,
      noShowBy: null,
      createdAt: now,
      updatedAt: now,
      ...manner,
    };
  }
}

/** The booking takes the hold's id: whoever holds knows the booking before it is. */
export const bookingIdOf = (hold: Pick<Hold, 'id'>): BookingId => hold.id as string as BookingId;
