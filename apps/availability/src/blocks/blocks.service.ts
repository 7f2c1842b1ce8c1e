import { Injectable } from '@nestjs/common';
import { type AvailabilityId, newId, type PersonId } from '@scheduling/domain';
import { Database, lockPeople, once, type Repeatable, type Tx } from '@scheduling/persistence';
import type { Lesson } from '@scheduling/time';
import { AvailabilityNotFound, TooManyBlocks } from '../availability.errors.ts';
import { type Conflict, conflictsOf } from '../conflicts.policy.ts';
import {
  desiredLessons,
  type Horizon,
  horizonOf,
  lessonsOfBlock,
  soonestOfBlock,
} from '../openings/openings.policy.ts';
import { PublishService } from '../openings/publish.service.ts';
import { findSettings, type Settings } from '../settings/settings.store.ts';
import { bookedLessons } from '../taken/taken.store.ts';
import { timeOffOf } from '../time-off/time-off.store.ts';
import { zoneOf } from '../zones.policy.ts';
import { soundBlock, type Wish } from './blocks.policy.ts';
import { type AvailabilityBlock, blocksOf, deleteBlock, insertBlock } from './blocks.store.ts';

const MOST_BLOCKS = 200;

/** A block as it was kept, what it gives within the horizon, and what it meets. */
export interface Created {
  readonly block: AvailabilityBlock;
  readonly lessons: { readonly count: number; readonly first: Date | null; readonly last: Date | null };
  readonly conflicts: readonly Conflict[];
}

/** A tutor, and the timezone that their token claims. */
export interface Tutor {
  readonly id: PersonId;
  readonly tokenZone: string | null;
}

@Injectable()
export class BlocksService {
  constructor(
    private readonly db: Database,
    private readonly publishing: PublishService,
  ) {}

  /** Keeps a block of a tutor's and publishes what follows; conflicts are told, not refused. */
  create(tutor: Tutor, wish: Wish, request: Repeatable): Promise<Created> {
    return this.db.transaction((tx) => once(tx, request, () => this.createIn(tx, tutor, wish)));
  }

  private async createIn(tx: Tx, tutor: Tutor, wish: Wish): Promise<Created> {
    const settings = await findSettings(tx, tutor.id);
    const zone = zoneOf(wish.timezone, settings.timezone, tutor.tokenZone);
    const sound = soundBlock(wish, zone, tx.now);
    const block: AvailabilityBlock = { ...sound, id: newId<AvailabilityId>(), tutorId: tutor.id };
    const horizon = horizonOf(settings, tx.now);
    // What begins beyond the horizon gives nothing yet, but must not open too much when its time comes.
    if (block.startAt >= horizon.until) lessonsOfBlock(block, settings, horizonOf(settings, block.startAt));
    const lessons = lessonsOfBlock(block, settings, horizon);

    await lockPeople(tx, [tutor.id]);
    const others = await blocksOf(tx, tutor.id);
    if (others.length >= MOST_BLOCKS) throw new TooManyBlocks(MOST_BLOCKS);
    await insertBlock(tx, block);
    await this.publishing.publish(tx, tutor.id);
    return this.report(tx, block, lessons, { others, settings, horizon });
  }

  private async report(tx: Tx, block: AvailabilityBlock, lessons: Lesson[], around: Around): Promise<Created> {
    const { others, settings, horizon } = around;
    const timeOff = await timeOffOf(tx, block.tutorId);
    const offered = desiredLessons([lessons], timeOff);
    const conflicts = conflictsOf(lessons, {
      others: others.map((other) => ({ block: other, lessons: soonestOfBlock(other, settings, horizon) })),
      timeOff,
      booked: await bookedLessons(tx, block.tutorId, horizon.from, horizon.until),
    });
    const [first = null, last = null] = [offered[0]?.startAt, offered.at(-1)?.startAt];
    return { block, lessons: { count: offered.length, first, last }, conflicts };
  }

  /** A tutor's blocks, the oldest first. */
  list(tutorId: PersonId): Promise<AvailabilityBlock[]> {
    return this.db.transaction((tx) => blocksOf(tx, tutorId));
  }

  /** Takes a block of a tutor's away; lessons that are booked stay. */
  delete(tutorId: PersonId, id: AvailabilityId): Promise<void> {
    return this.db.transaction(async (tx) => {
      await lockPeople(tx, [tutorId]);
      if (!(await deleteBlock(tx, tutorId, id))) throw new AvailabilityNotFound(id);
      await this.publishing.publish(tx, tutorId);
    });
  }
}

interface Around {
  readonly others: readonly AvailabilityBlock[];
  readonly settings: Settings;
  readonly horizon: Horizon;
}
