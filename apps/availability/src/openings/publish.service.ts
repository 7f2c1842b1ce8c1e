import { setImmediate as breathe } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { OpeningsPublished } from '@scheduling/contracts';
import type { PersonId } from '@scheduling/domain';
import { announce } from '@scheduling/events';
import type { Tx } from '@scheduling/persistence';
import { trustIn } from '../busy/trust.policy.ts';
import { horizonOf, openingsOf, termsOf, wantedOf } from './openings.policy.ts';
import { nextVersions } from './schedules.store.ts';
import { teachingOf } from './teaching.store.ts';
import type { Teaching } from './teaching.ts';

@Injectable()
export class PublishService {
  /** States everything that a tutor wants to teach; called under the tutor's lock, at the end of each change. */
  async publish(tx: Tx, tutorId: PersonId): Promise<void> {
    const teachings = await teachingOf(tx, [tutorId]);
    await this.publishMany(tx, [...teachings.values()]);
  }

  /** States the same of many tutors; called under the locks of them all. */
  async publishMany(tx: Tx, teachings: readonly Teaching[]): Promise<void> {
    const told = [];
    for (const teaching of teachings) {
      const { until } = horizonOf(teaching.settings, tx.now);
      const { lessons, isWhole } = wantedOf(teaching, { from: tx.now, until });
      told.push({ teaching, openings: openingsOf(lessons), until, isWhole, tutorId: teaching.tutorId });
      // A tutor takes a millisecond; requests need not wait for all of them.
      await breathe();
    }
    const versions = await nextVersions(tx, told);
    const facts = told.map(({ teaching, openings, tutorId, until }) =>
      OpeningsPublished.of({
        tutor_id: tutorId,
        schedule_version: versions.get(tutorId)!,
        from_at: tx.now.toISOString(),
        // Whoever cannot be asked is not known to be away: nobody's lesson is in conflict for that reason.
        horizon_at: (trustIn(teaching) === 'unknown' ? tx.now : until).toISOString(),
        terms: termsOf(teaching),
        openings,
      }),
    );
    announce(tx, ...facts);
  }
}
