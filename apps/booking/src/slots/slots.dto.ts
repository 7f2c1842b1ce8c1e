import {
  Count,
  Currency,
  DayOrMoment,
  Described,
  Instant,
  ListOf,
  Maybe,
  Nullable,
  Text,
  Uuid,
} from '@scheduling/contracts';
import type { PersonId, SlotId } from '@scheduling/domain';
import { abbreviationAt, localIso } from '@scheduling/time';
import { Type } from 'class-transformer';
import type { ListedSlot } from './slot-search.store.ts';

export class SearchSlots {
  /** From when: a day of the timezone or an instant; now unless given. */
  @Maybe() @DayOrMoment() readonly start_date?: string;
  /** Until when: a day, included, or an instant, excluded; four weeks after the start unless given. */
  @Maybe() @DayOrMoment() readonly end_date?: string;
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
  /** What the clock of the timezone asked for is called at the start, such as EST or EEST; GMT+3 where there is no name. */
  @Text(1, 20) @Described({ example: 'EST' }) readonly local_abbreviation!: string;
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
      local_abbreviation: abbreviationAt(slot.startAt, timezone),
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
