import { setImmediate as breathe } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { loggable, type PersonId } from '@scheduling/domain';
import { Database, lockPeople, type Tx } from '@scheduling/persistence';
import { hashedPerson } from '@scheduling/service-kit';
import { isDue, staysQuiet } from './horizon.policy.ts';
import { horizonOf, lastNight } from './openings.policy.ts';
import { PublishService } from './publish.service.ts';
import { publishedOf, reachFarther, tutorsToExtend } from './schedules.store.ts';
import { teachingOf } from './teaching.store.ts';
import type { Teaching } from './teaching.ts';

const BATCH = 100;

/** How many tutors' horizons a run has moved. */
export interface Moved {
  /** By publishing anew. */
  readonly published: number;
  /** Without a word, because nothing came into sight. */
  readonly quiet: number;
  /** Not at all; the next run tries again. */
  readonly failed: number;
}

@Injectable()
export class HorizonService {
  private readonly logger = new Logger(HorizonService.name);

  constructor(
    private readonly db: Database,
    private readonly publishing: PublishService,
  ) {}

  /** Moves the horizon of every tutor for whom that was not done since last night, a hundred in a transaction. */
  async extend(): Promise<Moved> {
    let moved: Moved = { published: 0, quiet: 0, failed: 0 };
    for (let last: PersonId | undefined, tutors = await this.due(null); ; tutors = await this.due(last)) {
      last = tutors.at(-1);
      if (last === undefined) return moved;
      moved = sum(moved, await this.extendAll(tutors));
    }
  }

  private due(after: PersonId | null): Promise<PersonId[]> {
    return this.db.transaction((tx) => tutorsToExtend(tx, lastNight(tx.now), after, BATCH));
  }

  /** One tutor's trouble does not keep the others of the batch from theirs: then each has a transaction of their own. */
  private async extendAll(tutors: readonly PersonId[]): Promise<Moved> {
    try {
      return await this.db.transaction((tx) => this.extendIn(tx, tutors));
    } catch (error) {
      if (tutors.length === 1) return this.failed(tutors[0]!, error);
      let moved: Moved = { published: 0, quiet: 0, failed: 0 };
      for (const tutor of tutors) moved = sum(moved, await this.extendAll([tutor]));
      return moved;
    }
  }

  private async extendIn(tx: Tx, tutors: readonly PersonId[]): Promise<Moved> {
    await lockPeople(tx, tutors);
    // Tutors, or a run that outlasted its tick, may have published since the batch was read.
    const published = await publishedOf(tx, tutors);
    const [quiet, loud]: [Teaching[], Teaching[]] = [[], []];
    for (const teaching of (await teachingOf(tx, tutors)).values()) {
      const last = published.get(teaching.tutorId)!;
      if (isDue(teaching, last, tx.now)) (staysQuiet(teaching, last, tx.now) ? quiet : loud).push(teaching);
      await breathe();
    }
    await reachFarther(
      tx,
      quiet.map(({ tutorId, settings }) => ({ tutorId, until: horizonOf(settings, tx.now).until })),
    );
    await this.publishing.publishMany(tx, loud);
    return { published: loud.length, quiet: quiet.length, failed: 0 };
  }

  private failed(tutor: PersonId, error: unknown): Moved {
    const message = 'The openings of a tutor could not be extended.';
    this.logger.error({ message, user: hashedPerson(tutor), error: loggable(error) });
    return { published: 0, quiet: 0, failed: 1 };
  }
}

const sum = (a: Moved, b: Moved): Moved => ({
  published: a.published + b.published,
  quiet: a.quiet + b.quiet,
  failed: a.failed + b.failed,
});
