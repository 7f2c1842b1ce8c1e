import { Injectable, Logger } from '@nestjs/common';
import type { PersonId } from '@scheduling/domain';
import { Database, lockPeople } from '@scheduling/persistence';
import { PublishService } from './publish.service.ts';
import { tutorsToExtend } from './schedules.store.ts';

const BATCH = 100;

@Injectable()
export class HorizonService {
  private readonly logger = new Logger(HorizonService.name);

  constructor(
    private readonly db: Database,
    private readonly publishing: PublishService,
  ) {}

  /** Publishes anew for every tutor whose openings end before `since` plus their horizon, one transaction each. */
  async extend(since: Date): Promise<number> {
    let extended = 0;
    for (let last: PersonId | undefined, tutors = await this.due(since, null); ; tutors = await this.due(since, last)) {
      for (const tutor of tutors) if (await this.extendOne(tutor)) extended++;
      last = tutors.at(-1);
      if (last === undefined) return extended;
    }
  }

  private due(since: Date, after: PersonId | null): Promise<PersonId[]> {
    return this.db.transaction((tx) => tutorsToExtend(tx, since, after, BATCH));
  }

  /** One tutor's trouble does not keep the others from theirs; the next run tries again. */
  private async extendOne(tutor: PersonId): Promise<boolean> {
    try {
      await this.db.transaction(async (tx) => {
        await lockPeople(tx, [tutor]);
        await this.publishing.publish(tx, tutor);
      });
      return true;
    } catch (error) {
      this.logger.error({ message: 'The openings of a tutor could not be extended.', tutor_id: tutor, error });
      return false;
    }
  }
}
