import { Injectable } from '@nestjs/common';
import type { BookingState } from '@scheduling/contracts';
import type { Tx } from '@scheduling/persistence';
import { findLessons, type Lesson, upsertLesson } from './lessons.store.ts';

@Injectable()
export class LessonsService {
  /** Keeps what was said of a lesson, unless something newer is known; answers the newest. */
  async heard(tx: Tx, state: BookingState): Promise<Lesson> {
    await upsertLesson(tx, state);
    const known = await findLessons(tx, [state.booking_id]);
    return known.get(state.booking_id)!;
  }
}
