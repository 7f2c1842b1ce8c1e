import { Injectable } from '@nestjs/common';
import { newId, type PersonId, type TimeOffId } from '@scheduling/domain';
import { audit, Database, lockLiving, lockPeople, once, type Repeatable, type Tx } from '@scheduling/persistence';
import { TimeOffNotFound, TooMuchTimeOff } from '../availability.errors.ts';
import type { Conflict } from '../conflicts/conflicts.policy.ts';
import { ConflictsService } from '../conflicts/conflicts.service.ts';
import { overAt, refuseDenseTimeOff } from '../openings/expansion.policy.ts';
import { horizonOf } from '../openings/openings.policy.ts';
import { PublishService } from '../openings/publish.service.ts';
import { teachingOf } from '../openings/teaching.store.ts';
import { findSettings, type Settings } from '../settings/settings.store.ts';
import { type Tutor, zoneOf } from '../zones.policy.ts';
import { soundTimeOff, type TimeOffWish } from './time-off.policy.ts';
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
    private readonly conflicts: ConflictsService,
    private readonly publishing: PublishService,
  ) {}

  /** Keeps time off and closes the open slots in it; booked lessons stay, and are named. */
  create(tutor: Tutor, wish: TimeOffWish, request: Repeatable): Promise<Created> {
    return this.db.transaction((tx) =>
      once(tx, request, async () => {
        const settings = await findSettings(tx, tutor.id);
        const sound = soundTimeOff(wish, zoneOf(wish.timezone, settings.timezone, tutor.tokenZone), tx.now);
        const timeOff: TimeOff = { ...sound, id: newId<TimeOffId>(), tutorId: tutor.id };
        await this.weigh(tx, timeOff, settings);
        await lockLiving(tx, tutor.id);
        const conflicts = await this.add(tx, timeOff);
        await this.publishing.publish(tx, tutor.id);
        audit(tx, { action: 'TimeOffCreated', subject: ['time_off', timeOff.id] });
        return { timeOff, conflicts };
      }),
    );
  }

  /** Refuses a rule that starts too often, now or when it begins. */
  private async weigh(tx: Tx, timeOff: TimeOff, settings: Settings): Promise<void> {
    const horizon = horizonOf(settings, tx.now);
    await refuseDenseTimeOff(timeOff, horizon);
    if (timeOff.startAt >= horizon.until) await refuseDenseTimeOff(timeOff, horizonOf(settings, timeOff.startAt));
  }

  private async add(tx: Tx, timeOff: TimeOff): Promise<Conflict[]> {
    const teaching = (await teachingOf(tx, [timeOff.tutorId])).get(timeOff.tutorId)!;
    if (teaching.timeOff.length >= MOST) throw new TooMuchTimeOff(MOST);
    const after = { ...teaching, timeOff: [...teaching.timeOff, timeOff] };
    const conflicts = await this.conflicts.judgeTimeOff(tx, timeOff, after);
    await insertTimeOff(tx, timeOff, overAt(timeOff));
    return conflicts;
  }

  /** A tutor's time off that is not over, the soonest first. */
  list(tutorId: PersonId): Promise<TimeOff[]> {
    return this.db.transaction((tx) => timeOffOf(tx, [tutorId]));
  }

  /** Takes time off away; what the rules offer in it is open again. */
  delete(tutorId: PersonId, id: TimeOffId): Promise<void> {
    return this.db.transaction(async (tx) => {
      await lockPeople(tx, [tutorId]);
      if (!(await deleteTimeOff(tx, tutorId, id))) throw new TimeOffNotFound(id);
      audit(tx, { action: 'TimeOffDeleted', subject: ['time_off', id] });
      await this.publishing.publish(tx, tutorId);
    });
  }
}
