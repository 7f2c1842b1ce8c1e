import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { PersonId } from '@scheduling/domain';
import { Database, type Tx } from '@scheduling/persistence';
import type { Hold } from '../holds/holds.store.ts';
import { LapseService } from '../holds/lapse.service.ts';
import { NAMERS, type Namer } from './namer.ts';
import { NamingQueue } from './naming-queue.ts';
import { nextUnnamed, tutorsWithUnnamed } from './reservations.store.ts';

const BATCH = 100;

/** Finds out for whom seats are kept: one after the other, the soonest lesson first. */
@Injectable()
export class NamingService implements OnApplicationShutdown {
  constructor(
    private readonly db: Database,
    private readonly lapsing: LapseService,
    private readonly queue: NamingQueue,
    @Inject(NAMERS) private readonly namers: readonly Namer[],
  ) {
    queue.serve((tutor) => this.name(tutor));
  }

  onApplicationShutdown(): Promise<void> {
    return this.queue.idle();
  }

  /** Names somebody for every seat that is kept of a tutor's time, or lets it go. */
  async name(tutor: PersonId): Promise<void> {
    for (;;) {
      const reserved = await this.db.transaction((tx) => this.next(tx, tutor));
      if (!reserved) return;
      await this.namers.find(({ kind }) => kind === reserved.kind)!.name(reserved);
    }
  }

  /** Makes up for what no commit was followed by: a crash, or time that passed. */
  async catchUp(): Promise<void> {
    await this.workOff((tx, after) => tutorsWithUnnamed(tx, after, BATCH));
    for (const namer of this.namers) await this.workOff((tx, after) => namer.tutorsDue(tx, after, BATCH));
  }

  private async workOff(find: (tx: Tx, after: PersonId | null) => Promise<PersonId[]>): Promise<void> {
    for (let after: PersonId | null = null; ;) {
      const tutors: PersonId[] = await this.db.transaction((tx) => find(tx, after));
      for (const tutor of tutors) this.queue.add(tutor);
      await this.queue.idle();
      if (tutors.length < BATCH) return;
      after = tutors.at(-1)!;
    }
  }

  private async next(tx: Tx, tutor: PersonId): Promise<Hold | null> {
    await this.lapsing.lockTutor(tx, tutor);
    const reserved = await nextUnnamed(tx, tutor);
    if (reserved) return reserved;
    for (const namer of this.namers) {
      const more = await namer.reserveMore(tx, tutor);
      if (more) return more;
    }
    return null;
  }
}
