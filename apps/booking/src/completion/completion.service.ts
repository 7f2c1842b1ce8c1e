import { Injectable } from '@nestjs/common';
import { BookingCompleted } from '@scheduling/contracts';
import type { PersonId } from '@scheduling/domain';
import { announce } from '@scheduling/events';
import { Database, lockPeople, type Tx } from '@scheduling/persistence';
import { BookingChanges } from '../bookings/booking-changes.service.ts';
import { bookingFacts } from '../bookings/booking-facts.ts';
import { timezoneOfTutor } from '../bookings/bookings.store.ts';
import { endedOfTutor, tutorsWithEnded } from './completion.store.ts';

const BATCH = { tutors: 100, lessonsOfEach: 50 };

@Injectable()
export class CompletionService {
  constructor(
    private readonly db: Database,
    private readonly changes: BookingChanges,
  ) {}

  /**
   * Completes the confirmed lessons that have ended, a bounded batch of one tutor's a transaction; answers how many.
   * What is not paid for yet is left to whoever sees to the payment.
   */
  async complete(batch = BATCH): Promise<number> {
    let lessons = 0;
    for (;;) {
      const tutors = await this.db.transaction((tx) => tutorsWithEnded(tx, batch.tutors));
      if (tutors.length === 0) return lessons;
      for (const tutor of tutors) {
        lessons += await this.db.transaction((tx) => this.completeSome(tx, tutor, batch.lessonsOfEach));
      }
    }
  }

  private async completeSome(tx: Tx, tutor: PersonId, limit: number): Promise<number> {
    // It is about nobody's time or money: the tutor's lock keeps everyone else from these lessons.
    await lockPeople(tx, [tutor]);
    const ended = await endedOfTutor(tx, tutor, limit);
    const timezone = await timezoneOfTutor(tx, tutor);
    for (const booking of ended) {
      const completed = await this.changes.change(
        tx,
        booking,
        { status: 'completed' },
        { by: null, action: 'completed' },
      );
      announce(tx, BookingCompleted.of(bookingFacts(completed, timezone)));
    }
    return ended.length;
  }
}
