import { Injectable } from '@nestjs/common';
import type { Tx } from '@scheduling/persistence';
import type { Booking, BookingStatus } from './bookings.entity.ts';
import { type Entry, insertBooking, updateBooking } from './booking-changes.store.ts';
import { refuseTransition } from './booking-states.policy.ts';

/** What may change of a booking; who and what it is about never does. */
export type Change = Partial<
  Omit<Booking, 'id' | 'studentId' | 'tutorId' | 'currency' | 'policy' | 'version' | 'createdAt' | 'updatedAt'>
>;

/** The one place where bookings are written: no state follows on a wrong one, and nothing goes unrecorded. */
@Injectable()
export class BookingChanges {
  /** Keeps a new booking. */
  made(tx: Tx, booking: Booking, entry: Entry): Promise<void> {
    return insertBooking(tx, booking, entry);
  }

  /** Changes a booking, whose people are locked; answers what it is now. */
  async change(tx: Tx, booking: Booking, change: Change, entry: Entry): Promise<Booking> {
    if (change.status) refuseTransition(booking, change.status);
    const changed = { ...booking, ...change, version: booking.version + 1, updatedAt: tx.now };
    await updateBooking(tx, changed, booking.status, entry);
    return changed;
  }

  /** Takes a booking one state further in the transaction that has changed it already: one version, and one announcement, for both. */
  async conclude(tx: Tx, booking: Booking, status: BookingStatus, entry: Entry): Promise<Booking> {
    refuseTransition(booking, status);
    const concluded = { ...booking, status };
    await updateBooking(tx, concluded, booking.status, entry);
    return concluded;
  }
}
