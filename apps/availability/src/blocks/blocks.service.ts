import { Injectable } from '@nestjs/common';
import { type AvailabilityId, newId, type PersonId } from '@scheduling/domain';
import { audit, Database, lockLiving, once, type Repeatable, type Tx } from '@scheduling/persistence';
import { AvailabilityNotFound, TooManyBlocks } from '../availability.errors.ts';
import type { Outcome } from '../conflicts/conflicts.policy.ts';
import { ConflictsService } from '../conflicts/conflicts.service.ts';
import { lessonsOfBlockInTurns, overAt } from '../openings/expansion.policy.ts';
import { horizonOf } from '../openings/openings.policy.ts';
import { PublishService } from '../openings/publish.service.ts';
import { teachingOf } from '../openings/teaching.store.ts';
import { findSettings, type Settings } from '../settings/settings.store.ts';
import { type Tutor, zoneOf } from '../zones.policy.ts';
import { type OnConflict, soundBlock, type Wish } from './blocks.policy.ts';
import { type AvailabilityBlock, blocksOf, findBlock, insertBlock } from './blocks.store.ts';

const MOST_BLOCKS = 200;

/** A block as it was kept, and what follows from it. */
export interface Kept extends Outcome {
  readonly block: AvailabilityBlock;
}

@Injectable()
export class BlocksService {
  constructor(
    private readonly db: Database,
    private readonly conflicts: ConflictsService,
    private readonly publishing: PublishService,
  ) {}

  /** Keeps a block of a tutor's and publishes what follows; conflicts are told, and refused only by the tutor's own wish. */
  create(tutor: Tutor, wish: Wish, request: Repeatable): Promise<Kept> {
    return this.db.transaction((tx) =>
      once(tx, request, async () => {
        const settings = await findSettings(tx, tutor.id);
        const sound = soundBlock(wish, zoneOf(wish.timezone, settings.timezone, tutor.tokenZone), tx.now);
        const block: AvailabilityBlock = { ...sound, id: newId<AvailabilityId>(), tutorId: tutor.id, version: 1 };
        await this.weigh(tx, block, settings);
        await lockLiving(tx, tutor.id);
        const kept = await this.add(tx, block, wish.onConflict);
        await this.publishing.publish(tx, tutor.id);
        audit(tx, { action: 'AvailabilityCreated', subject: ['availability', block.id] });
        return kept;
      }),
    );
  }

  /** Refuses a block that gives more than one may, now or when it begins; whoever else waits has their turn meanwhile. */
  async weigh(tx: Tx, block: AvailabilityBlock, settings: Settings): Promise<void> {
    const horizon = horizonOf(settings, tx.now);
    await lessonsOfBlockInTurns(block, settings, horizon);
    if (block.startAt >= horizon.until)
      await lessonsOfBlockInTurns(block, settings, horizonOf(settings, block.startAt));
  }

  /** Keeps one more block, if it may stand beside what is there; called under the tutor's lock. */
  async add(tx: Tx, block: AvailabilityBlock, onConflict: OnConflict): Promise<Kept> {
    const teaching = (await teachingOf(tx, [block.tutorId])).get(block.tutorId)!;
    if (teaching.blocks.length >= MOST_BLOCKS) throw new TooManyBlocks(MOST_BLOCKS);
    const after = { ...teaching, blocks: [...teaching.blocks, block] };
    const outcome = await this.conflicts.judge(tx, { id: block.id, beginsAt: block.startAt, after, onConflict });
    await insertBlock(tx, block, overAt(block));
    return { block, ...outcome };
  }

  /** A tutor's blocks that are not over, the oldest first. */
  list(tutorId: PersonId): Promise<AvailabilityBlock[]> {
    return this.db.transaction((tx) => blocksOf(tx, [tutorId]));
  }

  /** One block of a tutor's, be it over or not. */
  async find(tutorId: PersonId, id: AvailabilityId): Promise<AvailabilityBlock> {
    const block = await this.db.transaction((tx) => findBlock(tx, tutorId, id));
    if (!block) throw new AvailabilityNotFound(id);
    return block;
  }
}
