import { Injectable } from '@nestjs/common';
import { type AvailabilityId, type ExpectedVersions, newId, type PersonId, refuseStale } from '@scheduling/domain';
import { audit, Database, lockPeople, type Tx } from '@scheduling/persistence';
import { AvailabilityNotFound } from '../availability.errors.ts';
import { ConflictsService } from '../conflicts/conflicts.service.ts';
import { overAt } from '../openings/expansion.policy.ts';
import { PublishService } from '../openings/publish.service.ts';
import { teachingOf } from '../openings/teaching.store.ts';
import { findSettings } from '../settings/settings.store.ts';
import { BlocksService, type Kept } from './blocks.service.ts';
import { type AvailabilityBlock, deleteBlock, findBlock, updateBlock } from './blocks.store.ts';
import { changedBlock, type ChangeWish, refuseEmpty } from './change-block.policy.ts';
import { divided, type Division, type Scope } from './divide-block.policy.ts';

/** A block of a tutor's, and the versions of it that a request is meant for. */
export interface OwnBlock {
  readonly tutorId: PersonId;
  readonly id: AvailabilityId;
  readonly expected: ExpectedVersions;
}

@Injectable()
export class ChangeBlockService {
  constructor(
    private readonly db: Database,
    private readonly blocks: BlocksService,
    private readonly conflicts: ConflictsService,
    private readonly publishing: PublishService,
  ) {}

  /** Changes a block, what follows one of its starts, or that start alone, and publishes it; lessons that are booked stay. */
  change(own: OwnBlock, wish: ChangeWish): Promise<Kept> {
    refuseEmpty(wish);
    return this.db.transaction(async (tx) => {
      const { rest, part } = await this.divide(tx, own, wish);
      const changed = changedBlock(part, wish.change, tx.now);
      const kept = rest ? await this.addBeside(tx, rest, changed, wish) : await this.replace(tx, changed, wish);
      await this.publishing.publish(tx, own.tutorId);
      audit(tx, { action: 'AvailabilityChanged', subject: ['availability', own.id] });
      return kept;
    });
  }

  /** Takes a block away, what follows one of its starts, or that start alone; lessons that are booked stay. */
  delete(own: OwnBlock, scope: Scope): Promise<void> {
    const { tutorId, id } = own;
    return this.db.transaction(async (tx) => {
      const { rest } = await this.divide(tx, own, scope);
      if (rest) await updateBlock(tx, rest, overAt(rest));
      else await deleteBlock(tx, tutorId, id);
      audit(tx, { action: 'AvailabilityDeleted', subject: ['availability', id] });
      await this.publishing.publish(tx, tutorId);
    });
  }

  private async divide(tx: Tx, { tutorId, id, expected }: OwnBlock, scope: Scope): Promise<Division> {
    await lockPeople(tx, [tutorId]);
    const block = await findBlock(tx, tutorId, id);
    if (!block) throw new AvailabilityNotFound(id);
    refuseStale(expected, block.version);
    return divided(block, await findSettings(tx, tutorId), scope);
  }

  private async addBeside(tx: Tx, rest: AvailabilityBlock, part: AvailabilityBlock, wish: ChangeWish): Promise<Kept> {
    await updateBlock(tx, rest, overAt(rest));
    const block = { ...part, id: newId<AvailabilityId>(), version: 1 };
    await this.blocks.weigh(tx, block, await findSettings(tx, block.tutorId));
    return this.blocks.add(tx, block, wish.onConflict);
  }

  private async replace(tx: Tx, block: AvailabilityBlock, { onConflict }: ChangeWish): Promise<Kept> {
    const teaching = (await teachingOf(tx, [block.tutorId])).get(block.tutorId)!;
    await this.blocks.weigh(tx, block, teaching.settings);
    const blocks = [...teaching.blocks.filter(({ id }) => id !== block.id), block];
    const after = { ...teaching, blocks };
    const outcome = await this.conflicts.judge(tx, { id: block.id, beginsAt: block.startAt, after, onConflict });
    return { block: await updateBlock(tx, block, overAt(block)), ...outcome };
  }
}
