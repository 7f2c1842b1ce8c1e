import { Injectable, Logger } from '@nestjs/common';
import { loggable, type PersonId } from '@scheduling/domain';
import { Database, lockPeople, type Tx } from '@scheduling/persistence';
import { hashedPerson } from '@scheduling/service-kit';
import { horizonOf } from '../openings/openings.policy.ts';
import { PublishService } from '../openings/publish.service.ts';
import { teachingOf } from '../openings/teaching.store.ts';
import type { Teaching } from '../openings/teaching.ts';
import { changesOpenings } from './busy.policy.ts';
import { advanceConnection, type Connection, lapseConnection, peopleToLapse } from './connections.store.ts';

const BATCH = 100;

@Injectable()
export class ConnectionsService {
  private readonly logger = new Logger(ConnectionsService.name);

  constructor(
    private readonly db: Database,
    private readonly publishing: PublishService,
  ) {}

  /** Remembers whether a person's calendars can be read, and publishes anew where that changes what they offer. */
  async heard(tx: Tx, connection: Connection): Promise<void> {
    const { personId } = connection;
    await lockPeople(tx, [personId]);
    const before = await this.teaching(tx, personId);
    if (!(await advanceConnection(tx, connection))) return;
    await this.follow(tx, before, await this.teaching(tx, personId));
  }

  /** Has the openings follow wherever what is known of a calendar has become too old to go by; answers of how many people. */
  async lapse(): Promise<number> {
    let lapsed = 0;
    for (let last: PersonId | null = null; ;) {
      const people = await this.due(last);
      if (people.length === 0) return lapsed;
      for (const person of people) lapsed += await this.lapseOne(person);
      last = people.at(-1)!;
    }
  }

  private due(after: PersonId | null): Promise<PersonId[]> {
    return this.db.transaction((tx) => peopleToLapse(tx, after, BATCH));
  }

  /** One person's trouble does not keep the others from theirs; the next run tries again. */
  private async lapseOne(person: PersonId): Promise<number> {
    try {
      return await this.db.transaction((tx) => this.lapseIn(tx, person));
    } catch (error) {
      const message = 'The openings of a tutor could not follow their calendars.';
      this.logger.error({ message, user: hashedPerson(person), error: loggable(error) });
      return 0;
    }
  }

  private async lapseIn(tx: Tx, person: PersonId): Promise<number> {
    await lockPeople(tx, [person]);
    // The calendars may have come back since the batch was read.
    if (!(await lapseConnection(tx, person))) return 0;
    const teaching = await this.teaching(tx, person);
    await this.follow(tx, { ...teaching, calendars: 'remembered' }, teaching);
    return 1;
  }

  private async follow(tx: Tx, before: Teaching, after: Teaching): Promise<void> {
    if (changesOpenings(before, after, horizonOf(after.settings, tx.now)))
      await this.publishing.publish(tx, after.tutorId);
  }

  private async teaching(tx: Tx, person: PersonId): Promise<Teaching> {
    return (await teachingOf(tx, [person])).get(person)!;
  }
}
