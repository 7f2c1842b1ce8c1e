import {
  Count,
  Flag,
  Instant,
  Instants,
  ListOf,
  Maybe,
  Moment,
  Moments,
  Nullable,
  OneOf,
  Part,
  RuleText,
  Text,
  Uuid,
} from '@scheduling/contracts';
import type { AvailabilityId, PersonId } from '@scheduling/domain';
import { ConflictView, SlotsGiven } from '../conflicts/conflicts.dto.ts';
import type { ZoneSource } from '../zones.policy.ts';
import type { OnConflict, Wish } from './blocks.policy.ts';
import type { AvailabilityBlock } from './blocks.store.ts';
import type { Kept } from './blocks.service.ts';

export class CreateAvailability {
  /** When it begins, or when the first of it begins; RFC 3339 with Z or an offset. */
  @Moment() readonly start_at!: string;
  /** When it ends, or when the first of it ends. */
  @Moment() readonly end_at!: string;
  /** Whether it comes again by a rule. */
  @Flag() readonly is_recurring!: boolean;
  /** RFC 5545 RRULE, for instance `FREQ=WEEKLY;BYDAY=MO,WE;BYHOUR=16,17,18`. */
  @Maybe() @RuleText() readonly rrule_string?: string;
  /** The IANA zone whose wall clock the rule follows; else the settings', else the token's, else UTC. */
  @Maybe() @Text(1, 64) readonly timezone?: string;
  /** Starts besides those of the rule. */
  @Maybe() @Moments(366) readonly rdates?: string[];
  /** Starts that do not happen. */
  @Maybe() @Moments(366) readonly exdates?: string[];
  /** Length of a lesson, if not the settings'. */
  @Maybe() @Count(15, 240) readonly lesson_minutes?: number;
  /** Price of a seat in the smallest unit of the currency, if not the settings'. */
  @Maybe() @Count(0, 10_000_000) readonly price_cents?: number;
  /** Seats of a lesson, if not the settings'. */
  @Maybe() @Count(1, 1000) readonly capacity?: number;
  /** Whether time that overlaps other availability is offered once, or nothing is kept; merge if absent. */
  @Maybe() @OneOf(['merge', 'refuse']) readonly on_conflict?: OnConflict;

  /** Reads what a tutor asks for. */
  static wish(asked: CreateAvailability): Wish {
    return {
      startAt: new Date(asked.start_at),
      endAt: new Date(asked.end_at),
      isRecurring: asked.is_recurring,
      rrule: asked.rrule_string,
      timezone: asked.timezone,
      rdates: (asked.rdates ?? []).map((at) => new Date(at)),
      exdates: (asked.exdates ?? []).map((at) => new Date(at)),
      lessonMinutes: asked.lesson_minutes ?? null,
      priceCents: asked.price_cents ?? null,
      capacity: asked.capacity ?? null,
      onConflict: asked.on_conflict ?? 'merge',
    };
  }
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
  /** Starts besides those of the rule. */
  @Instants(366) readonly rdates!: string[];
  /** Starts that do not happen. */
  @Instants(366) readonly exdates!: string[];
  /** Length of a lesson; null for the settings'. */
  @Nullable() @Count(15, 240) readonly lesson_minutes!: number | null;
  /** Price of a seat in the smallest unit of the currency; null for the settings'. */
  @Nullable() @Count(0, 10_000_000) readonly price_cents!: number | null;
  /** Seats of a lesson; null for the settings'. */
  @Nullable() @Count(1, 1000) readonly capacity!: number | null;
  /** Grows with each change. */
  @Count(1, 2_147_483_647) readonly version!: number;

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
      rdates: block.rdates.map((at) => at.toISOString()),
      exdates: block.exdates.map((at) => at.toISOString()),
      lesson_minutes: block.lessonMinutes,
      price_cents: block.priceCents,
      capacity: block.capacity,
      version: block.version,
    };
  }
}

export class KeptBlockView extends BlockView {
  /** What it gives. */
  @Part(() => SlotsGiven) readonly slots!: SlotsGiven;
  /** What of the tutor's it meets, the soonest first, 50 at most. */
  @ListOf(() => ConflictView, 50) readonly conflicts!: ConflictView[];

  /** Shows a new or changed block with what follows from it. */
  static ofKept({ block, slots, conflicts }: Kept): KeptBlockView {
    return {
      ...BlockView.of(block),
      slots: SlotsGiven.of(slots),
      conflicts: conflicts.map((conflict) => ConflictView.of(conflict)),
    };
  }
}

export class BlockList {
  /** What is not over, the oldest first; a tutor has 200 at most, so there is one page. */
  @ListOf(() => BlockView, 200) readonly items!: BlockView[];
  /** Always null: everything is on this page. */
  @Nullable() @Text(0, 0) readonly next_cursor!: null;

  /** Shows a tutor's blocks. */
  static of(blocks: readonly AvailabilityBlock[]): BlockList {
    return { items: blocks.map((block) => BlockView.of(block)), next_cursor: null };
  }
}
