import { Injectable } from '@nestjs/common';
import type { BookingId, PersonId } from '@scheduling/domain';
import { Database } from '@scheduling/persistence';
import type { Booking } from './bookings.entity.ts';
import { BookingNotFound } from './bookings.errors.ts';
import { findOwnBooking, type Listing, listBookings } from './bookings.store.ts';

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
  list(person: PersonId, listing: Listing): Promise<Booking[]> {
    return this.db.transaction((tx) => listBookings(tx, person, listing));
  }
}
