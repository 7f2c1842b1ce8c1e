import { Count, Currency, Described, Instant, ListOf, Maybe, Nullable, Text, Uuid } from '@scheduling/contracts';
import type { PersonId, SlotId } from '@scheduling/domain';
import { localIso } from '@scheduling/time';
import { Type } from 'class-transformer';
import { IsISO8601, Matches } from 'class-validator';
import type { ListedSlot } from './slot-search.store.ts';

/** `2026-12-01`, or an instant with its offset such as `2026-12-01T16:00:00+02:00`. */
const DAY_OR_INSTANT = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d))?$/;
const HOW = { message: '$property must be a day, or an instant with Z or an offset' };

export class SearchSlots {
  /** From when: a day of the timezone or an instant; now unless given. */
  @Maybe() @Matches(DAY_OR_INSTANT, HOW) @IsISO8601({ strict: true }, HOW) readonly start_date?: string;
  /** Until when: a day, included, or an instant, excluded; four weeks after the start unless given. */
  @Maybe() @Matches(DAY_OR_INSTANT, HOW) @IsISO8601({ strict: true }, HOW) readonly end_date?: string;
  /** The IANA zone of days and of local times; the token's `zoneinfo` unless given, else UTC. */
  @Maybe() @Text(1, 64) readonly timezone?: string;
  /** At most so many slots. */
  @Maybe() @Type(() => Number) @Count(1, 100) readonly limit: number = 100;
  /** Where the page before ended: its `next_cursor`. */
  @Maybe() @Instant() readonly cursor?: string;
}

export class SlotView {
  /** What a hold names. */
  @Uuid() readonly slot_id!: SlotId;
  /** Who teaches. */
  @Uuid() readonly tutor_id!: PersonId;
  /** When the lesson starts, in UTC. */
  @Instant() readonly start_at!: string;
  /** When the lesson ends, in UTC. */
  @Instant() readonly end_at!: string;
  /** The start on the clock of the timezone asked for, with its offset. */
  @Described({ type: String, example: '2026-12-07T09:00:00-05:00' }) readonly local_start_at!: string;
  /** The end on the clock of the timezone asked for, with its offset. */
  @Described({ type: String, example: '2026-12-07T10:00:00-05:00' }) readonly local_end_at!: string;
  /** The price of a seat, in the smallest unit of the currency. */
  @Count(0, 100_000_000) readonly price_cents!: number;
  /** ISO 4217. */
  @Currency() readonly currency!: string;
  /** How many seats can be held. */
  @Count(1, 1000) readonly seats_left!: number;

  /** Shows a slot on the clock of a timezone. */
  static of(slot: ListedSlot, timezone: string): SlotView {
    return {
      slot_id: slot.id,
      tutor_id: slot.tutorId,
      start_at: slot.startAt.toISOString(),
      end_at: slot.endAt.toISOString(),
      local_start_at: localIso(slot.startAt, timezone),
      local_end_at: localIso(slot.endAt, timezone),
      price_cents: slot.priceCents,
      currency: slot.currency,
      seats_left: slot.seatsLeft,
    };
  }
}

export class SlotList {
  /** The zone of the local times. */
  @Text(1, 64) readonly timezone!: string;
  /** Soonest first. */
  @ListOf(() => SlotView, 100) readonly items!: SlotView[];
  /** What to ask the next page with; null on the last one. */
  @Nullable() @Instant() readonly next_cursor!: string | null;

  /** Shows a page of slots; one more row than the limit tells that there is another page. */
  static of(found: readonly ListedSlot[], limit: number, timezone: string): SlotList {
    const items = found.slice(0, limit).map((slot) => SlotView.of(slot, timezone));
    return { timezone, items, next_cursor: found.length > limit ? items.at(-1)!.start_at : null };
  }
}
