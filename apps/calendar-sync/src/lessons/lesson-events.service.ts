import { Injectable } from '@nestjs/common';
import type { BookingId, PersonId } from '@scheduling/domain';
import type { Tx } from '@scheduling/persistence';
import { replan } from './lesson-events.store.ts';

@Injectable()
export class LessonEventsService {
  /** Plans what a person's calendars show of their lessons, after a change of the calendars; the person is locked. */
  async replan(tx: Tx, person: PersonId): Promise<void> {
    await replan(tx, { bookingId: null, person });
  }

  /** Plans what the calendars of a lesson's two people show of it, after a change of the lesson; both are locked. */
  async replanLesson(tx: Tx, bookingId: BookingId): Promise<void> {
    await replan(tx, { bookingId, person: null });
  }
}
