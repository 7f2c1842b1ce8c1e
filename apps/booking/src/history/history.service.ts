import { Injectable } from '@nestjs/common';
import type { BookingId, PersonId } from '@scheduling/domain';
import { Database } from '@scheduling/persistence';
import { BookingNotFound } from '../bookings/bookings.errors.ts';
import { findOwnBooking } from '../bookings/bookings.store.ts';
import { historyOf, type Step } from './history.store.ts';

@Injectable()
export class HistoryService {
  constructor(private readonly db: Database) {}

  /** What became of a booking of this person's after the first steps, the first thing first. */
  find(person: PersonId, id: BookingId, page: { after: number; limit: number }): Promise<Step[]> {
    return this.db.transaction(async (tx) => {
      if (!(await findOwnBooking(tx, id, person))) throw new BookingNotFound(id);
      return historyOf(tx, id, page.after, page.limit);
    });
  }
}
