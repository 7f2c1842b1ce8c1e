import { Injectable } from '@nestjs/common';
import { newId, type PersonId, type TimeOffId } from '@scheduling/domain';
import { Database, lockPeople, once, type Repeatable } from '@scheduling/persistence';
import { TimeOffNotFound, TooMuchTimeOff } from '../availability.errors.ts';
import { bookedWithin, type Conflict } from '../conflicts.policy.ts';
import { PublishService } from '../openings/publish.service.ts';
import { type Range, soundRange } from '../ranges.policy.ts';
import { bookedLessons } from '../taken/taken.store.ts';
import { deleteTimeOff, insertTimeOff, type TimeOff, timeOffOf } from './time-off.store.ts';

/** Entries that are not over; each publication reads them all. */
const MOST = 500;

/** Time off as it was kept, and the lessons in it that stay booked. */
export interface Created {
  readonly timeOff: TimeOff;
  readonly conflicts: readonly Conflict[];
}

@Injectable()
export class TimeOffService {
  constructor(
    private readonly db: Database,
    private readonly publishing: PublishService,
  ) {}

  /** Keeps time off and closes the open slots in it; booked lessons stay, and are named. */
  create(tutorId: PersonId, wish: Range, request: Repeatable): Promise<Created> {
    return this.db.transaction((tx) =>
      once(tx, request, async () => {
        const timeOff: TimeOff = { id: newId<TimeOffId>(), ...soundRange(wish, false, tx.now) };
        await lockPeople(tx, [tutorId]);
        if ((await timeOffOf(tx, tutorId)).length >= MOST) throw new TooMuchTimeOff(MOST);
        await insertTimeOff(tx, tutorId, timeOff);
        await this.publishing.publish(tx, tutorId);
        const booked = await bookedLessons(tx, tutorId, timeOff.startAt, timeOff.endAt);
        return { timeOff, conflicts: bookedWithin(booked) };
      }),
    );
  }

  /** A tutor's time off that is not over, the soonest first. */
  list(tutorId: PersonId): Promise<TimeOff[]> {
    return this.db.transaction((tx) => timeOffOf(tx, tutorId));
  }

  /** Takes time off away; what the rules offer in it is open again. */
  delete(tutorId: PersonId, id: TimeOffId): Promise<void> {
    return this.db.transaction(async (tx) => {
      await lockPeople(tx, [tutorId]);
      if (!(await deleteTimeOff(tx, tutorId, id))) throw new TimeOffNotFound(id);
      await this.publishing.publish(tx, tutorId);
    });
  }
}
