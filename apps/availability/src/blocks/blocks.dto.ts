import {
  Count,
  Flag,
  Instant,
  ListOf,
  Maybe,
  Moment,
  Moments,
  Nullable,
  OneOf,
  Part,
  Text,
  Uuid,
} from '@scheduling/contracts';
import type { AvailabilityId, PersonId } from '@scheduling/domain';
import { ConflictView } from '../conflicts.dto.ts';
import type { ZoneSource } from '../zones.policy.ts';
import type { Wish } from './blocks.policy.ts';
import type { AvailabilityBlock } from './blocks.store.ts';
import type { Created } from './blocks.service.ts';

export class CreateAvailability {
  /** When it begins, or when the first of it begins; RFC 3339 with Z or an offset. */
  @Moment() readonly start_at!: string;
  /** When it ends, or when the first of it ends. */
  @Moment() readonly end_at!: string;
  /** Whether it comes again by a rule. */
  @Flag() readonly is_recurring!: boolean;
  /** RFC 5545 RRULE, for instance `FREQ=WEEKLY;BYDAY=MO,WE;BYHOUR=16,17,18`. */
  @Maybe() @Text(0, 1000) readonly rrule_string?: string;
  /** The IANA zone whose wall clock the rule follows; else the settings', else the token's, else UTC. */
  @Maybe() @Text(1, 64) readonly timezone?: string;
  /** Starts of the rule that do not happen. */
  @Maybe() @Moments(366) readonly exdates?: string[];

  /** Reads what a tutor asks for. */
  static wish(asked: CreateAvailability): Wish {
    return {
      startAt: new Date(asked.start_at),
      endAt: new Date(asked.end_at),
      isRecurring: asked.is_recurring,
      rrule: asked.rrule_string,
      timezone: asked.timezone,
      exdates: (asked.exdates ?? []).map((at) => new Date(at)),
    };
  }
}

export class SlotsGiven {
  /** How many slots it gives within the horizon, time off taken out. */
  @Count(0, 2000) readonly count!: number;
  /** When the first of them starts; null without any. */
  @Nullable() @Instant() readonly first_start_at!: string | null;
  /** When the last of them starts; null without any. */
  @Nullable() @Instant() readonly last_start_at!: string | null;
}

export class BlockView {
  /** The block's id. */
  @Uuid() readonly availability_id!: AvailabilityId;
  /** Whose it is. */
  @Uuid() readonly tutor_id!: PersonId;
  /** When it begins, in UTC. */
  @Instant() readonly start_at!: string;
  /** When it ends, in UTC. */
  @Instant() readonly end_at!: string;
  /** Whether it comes again by a rule. */
  @Flag() readonly is_recurring!: boolean;
  /** The rule; null for a block that happens once. */
  @Nullable() @Text(0, 1000) readonly rrule_string!: string | null;
  /** The zone whose wall clock the rule follows. */
  @Text(1, 64) readonly timezone!: string;
  /** Who said so: the request, the tutor's settings, the token, or nobody. */
  @OneOf(['request', 'settings', 'token', 'default']) readonly timezone_source!: ZoneSource;

  /** Shows a block to its tutor. */
  static of(block: AvailabilityBlock): BlockView {
    return {
      availability_id: block.id,
      tutor_id: block.tutorId,
      start_at: block.startAt.toISOString(),
      end_at: block.endAt.toISOString(),
      is_recurring: block.rrule !== null,
      rrule_string: block.rrule,
      timezone: block.timezone,
      timezone_source: block.timezoneSource,
    };
  }
}

export class CreatedBlockView extends BlockView {
  /** What it gives. */
  @Part(() => SlotsGiven) readonly slots!: SlotsGiven;
  /** What of the tutor's it meets, the soonest first, 50 at most. */
  @ListOf(() => ConflictView, 50) readonly conflicts!: ConflictView[];

  /** Shows a new block with what follows from it. */
  static ofCreated({ block, lessons, conflicts }: Created): CreatedBlockView {
    const { count, first, last } = lessons;
    return {
      ...BlockView.of(block),
      slots: { count, first_start_at: first?.toISOString() ?? null, last_start_at: last?.toISOString() ?? null },
      conflicts: conflicts.map((conflict) => ConflictView.of(conflict)),
    };
  }
}

export class BlockList {
  /** The oldest first; a tutor has 200 at most, so there is one page. */
  @ListOf(() => BlockView, 200) readonly items!: BlockView[];
  /** Always null: everything is on this page. */
  @Nullable() @Text(0, 0) readonly next_cursor!: null;

  /** Shows a tutor's blocks. */
  static of(blocks: readonly AvailabilityBlock[]): BlockList {
    return { items: blocks.map((block) => BlockView.of(block)), next_cursor: null };
  }
}
