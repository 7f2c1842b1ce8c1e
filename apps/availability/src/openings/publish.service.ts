import { Injectable } from '@nestjs/common';
import { OpeningsPublished } from '@scheduling/contracts';
import type { PersonId } from '@scheduling/domain';
import { announce } from '@scheduling/events';
import type { Tx } from '@scheduling/persistence';
import { blocksOf } from '../blocks/blocks.store.ts';
import { findSettings } from '../settings/settings.store.ts';
import { timeOffOf } from '../time-off/time-off.store.ts';
import { desiredLessons, horizonOf, openingsOf, soonestOfBlock, termsOf } from './openings.policy.ts';
import { nextVersion } from './schedules.store.ts';

@Injectable()
export class PublishService {
  /** States everything that a tutor wants to teach; called under the tutor's lock, at the end of each change. */
  async publish(tx: Tx, tutorId: PersonId): Promise<void> {
    const settings = await findSettings(tx, tutorId);
    const blocks = await blocksOf(tx, tutorId);
    const horizon = horizonOf(settings, tx.now);
    const given = blocks.map((block) => soonestOfBlock(block, settings, horizon));
    const lessons = desiredLessons(given, await timeOffOf(tx, tutorId));
    announce(
      tx,
      OpeningsPublished.of({
        tutor_id: tutorId,
        schedule_version: await nextVersion(tx, tutorId, horizon.until),
        from_at: tx.now.toISOString(),
        terms: termsOf(settings, blocks),
        openings: openingsOf(lessons, settings),
      }),
    );
  }
}
