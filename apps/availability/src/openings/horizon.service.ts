import { Injectable, Logger } from '@nestjs/common';
import { loggable, type PersonId } from '@scheduling/domain';
import { Database, lockPeople } from '@scheduling/persistence';
import { lastNight } from './openings.policy.ts';
import { PublishService } from './publish.service.ts';
import { isToExtend, tutorsToExtend } from './schedules.store.ts';

const BATCH = 100;

@Injectable()
export class HorizonService {
  private readonly logger = new Logger(HorizonService.name);

  constructor(
    private readonly db: Database,
    private readonly publishing: PublishService,
  ) {}

  /** Publishes anew for every tutor whose openings have not been moved since last night, one transaction each; tells how many. */
  async extend(): Promise<number> {
    let extended = 0;
    for (let last: PersonId | undefined, tutors = await this.due(null); ; tutors = await this.due(last)) {
      for (const tutor of tutors) if (await this.extendOne(tutor)) extended++;
      last = tutors.at(-1);
      if (last === undefined) return extended;
    }
  }

  private due(after: PersonId | null): Promise<PersonId[]> {
    return this.db.transaction((tx) => tutorsToExtend(tx, lastNight(tx.now), after, BATCH));
  }

  /** One tutor's trouble does not keep the others from theirs; the next run tries again. */
  private async extendOne(tutor: PersonId): Promise<boolean> {
    try {
      return await this.db.transaction(async (tx) => {
        await lockPeople(tx, [tutor]);
        // The tutor, or a run that outlasted its tick, may have published since the batch was read.
        if (!(await isToExtend(tx, tutor, lastNight(tx.now)))) return false;
        await this.publishing.publish(tx, tutor);
        return true;
      });
    } catch (error) {
      this.logger.error({
        message: 'The openings of a tutor could not be extended.',
        tutor_id: tutor,
        error: loggable(error),
      });
      return false;
    }
  }
}
