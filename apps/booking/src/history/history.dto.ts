import { Count, Instant, ListOf, Maybe, Nullable, OneOf, OpenWord, Text, Uuid } from '@scheduling/contracts';
import type { PersonId } from '@scheduling/domain';
import { Type } from 'class-transformer';
import { BOOKING_STATUSES, type BookingStatus } from '../bookings/bookings.entity.ts';
import type { Step } from './history.store.ts';

const MOST = 2_147_483_647;

export class ListHistory {
  /** At most so many. */
  @Maybe() @Type(() => Number) @Count(1, 100) readonly limit: number = 100;
  /** Where the page before ended: its `next_cursor`. */
  @Maybe() @Type(() => Number) @Count(1, MOST) readonly cursor?: number;
}

export class StepView {
  /** When it happened. */
  @Instant() readonly at!: string;
  /** Who did it; null where the system did. */
  @Nullable() @Uuid() readonly by!: PersonId | null;
  /** What happened: `booked`, `confirmed`, `rescheduled`, `canceled`, `refunded`, `completed`, `no_show`, `link_ready`, `proposed`, or another word. */
  @OpenWord() readonly action!: string;
  /** The state before; null at the beginning. */
  @Nullable() @OneOf(BOOKING_STATUSES) readonly from_status!: BookingStatus | null;
  /** The state after. */
  @OneOf(BOOKING_STATUSES) readonly to_status!: BookingStatus;
  /** The version that the booking had from then on. */
  @Count(1, MOST) readonly version!: number;
  /** What a person wrote, or a code. */
  @Nullable() @Text(0, 500) readonly reason!: string | null;

  /** Shows a step. */
  static of({ at, by, action, from, to, version, reason }: Step): StepView {
    return { at: at.toISOString(), by, action, from_status: from, to_status: to, version, reason };
  }
}

export class History {
  /** The first thing first. */
  @ListOf(() => StepView, 100) readonly items!: StepView[];
  /** What to ask the next page with; null on the last one. */
  @Nullable() @Text(1, 20) readonly next_cursor!: string | null;

  /** Shows a page of a history; one more step than the limit tells that there is another page. */
  static of(found: readonly Step[], { after, limit }: { after: number; limit: number }): History {
    const items = found.slice(0, limit).map(StepView.of);
    return { items, next_cursor: found.length > limit ? String(after + limit) : null };
  }
}
