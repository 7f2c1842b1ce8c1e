import { Injectable } from '@nestjs/common';
import { announce } from '@scheduling/events';
import type { Tx } from '@scheduling/persistence';
import { proposalAnswered } from '../proposals/proposal-facts.ts';
import type { Proposed } from '../proposals/proposals.store.ts';
import type { Booking, BookingStatus } from './bookings.entity.ts';
import { type Entry, insertBooking, tellOf, updateBooking } from './booking-changes.store.ts';
import { refuseTransition } from './booking-states.policy.ts';
import { timezoneOfTutor } from './bookings.store.ts';

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

  /** Changes a booking, whose people are locked; answers what it is now. What was proposed about it before is over. */
  async change(tx: Tx, booking: Booking, change: Change, entry: Entry): Promise<Booking> {
    if (change.status) refuseTransition(booking, change.status);
    const changed = { ...booking, ...change, version: booking.version + 1, updatedAt: tx.now };
    const overtaken = await updateBooking(tx, changed, booking.status, entry);
    if (overtaken.length > 0) await this.tellOvertaken(tx, changed, overtaken);
    return changed;
  }

  /** Takes a booking one state further in the transaction that has changed it already: one version, and one announcement, for both. */
  async conclude(tx: Tx, booking: Booking, status: BookingStatus, entry: Entry): Promise<Booking> {
    refuseTransition(booking, status);
    const concluded = { ...booking, status };
    await updateBooking(tx, concluded, booking.status, entry);
    return concluded;
  }

  /** Adds to the history of a booking what leaves it as it is. */
  note(tx: Tx, booking: Booking, entry: Entry): Promise<void> {
    return tellOf(tx, booking, entry);
  }

  private async tellOvertaken(tx: Tx, booking: Booking, overtaken: readonly Proposed[]): Promise<void> {
    const timezone = await timezoneOfTutor(tx, booking.tutorId);
    const end = { outcome: 'overtaken', by: null } as const;
    announce(tx, ...overtaken.map((proposal) => proposalAnswered(proposal, booking, timezone, end)));
  }
}
