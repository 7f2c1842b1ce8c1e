import { Injectable } from '@nestjs/common';
import type { BookingId, PersonId } from '@scheduling/domain';
import { Database } from '@scheduling/persistence';
import { RangeBackwards } from '../slots/slots.errors.ts';
import type { Booking } from './bookings.entity.ts';
import { BookingNotFound } from './bookings.errors.ts';
import { findOwnBooking, type Listing, listBookings } from './bookings.store.ts';
import { cancel, type Cancellation, type Deadlines, deadlinesOf } from './cancel.policy.ts';

/** What would follow if somebody canceled a booking now. */
export interface Preview extends Cancellation, Deadlines {
  readonly booking: Booking;
}

@Injectable()
export class BookingsService {
  constructor(private readonly db: Database) {}

  /** A booking of this person, as student or tutor. */
  async find(person: PersonId, id: BookingId): Promise<Booking> {
    const booking = await this.db.transaction((tx) => findOwnBooking(tx, id, person));
    if (!booking) throw new BookingNotFound(id);
    return booking;
  }

  /** The bookings of this person, the latest start first. */
  async list(person: PersonId, listing: Listing): Promise<Booking[]> {
    const { from, until } = listing;
    if (from && until && from >= until) throw new RangeBackwards('to');
    return this.db.transaction((tx) => listBookings(tx, person, listing));
  }

  /** What this person's cancellation would give back just now, by the rule that cancels; refused where it would be. */
  preview(person: PersonId, id: BookingId): Promise<Preview> {
    return this.db.transaction(async (tx) => {
      const booking = await findOwnBooking(tx, id, person);
      if (!booking) throw new BookingNotFound(id);
      return { booking, ...cancel(booking, person, false, tx.now), ...deadlinesOf(booking) };
    });
  }
}
