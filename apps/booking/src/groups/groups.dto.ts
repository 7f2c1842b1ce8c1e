import { Count, Flag, Instant, ListOf, Maybe, Text, Uuid } from '@scheduling/contracts';
import type { SlotId } from '@scheduling/domain';
import { BookingView } from '../bookings/bookings.dto.ts';
import type { Booking } from '../bookings/bookings.entity.ts';
import type { Ask } from './minimums.service.ts';
import type { Minimum } from './minimums.store.ts';

export class CancelSlot {
  /** For the students to read. */
  @Maybe() @Text(0, 500) readonly reason?: string;
  /** Whether the time is offered again. */
  @Maybe() @Flag() readonly reopen?: boolean;
}

export class CanceledSlot {
  /** The slot. */
  @Uuid() readonly slot_id!: SlotId;
  /** The bookings that this canceled, by their seats; none where none stood. */
  @ListOf(() => BookingView, 1000) readonly items!: BookingView[];

  /** Shows what was canceled. */
  static of(slotId: SlotId, bookings: readonly Booking[]): CanceledSlot {
    return { slot_id: slotId, items: bookings.map(BookingView.of) };
  }
}

export class AskMinimum {
  /** How many students it takes; no more than there are seats. */
  @Count(1, 1000) readonly minimum_attendance!: number;
  /** So many minutes before the start it is decided; with fewer booked by then, all are canceled with full refunds. */
  @Count(0, 43_200) readonly decide_minutes_before!: number;
}

/** What is asked for, from the body. */
export const askOf = ({ minimum_attendance, decide_minutes_before }: AskMinimum): Ask => ({
  attendance: minimum_attendance,
  minutesBefore: decide_minutes_before,
});

export class MinimumView {
  /** The slot. */
  @Uuid() readonly slot_id!: SlotId;
  /** How many students it takes. */
  @Count(1, 1000) readonly minimum_attendance!: number;
  /** When it is decided. */
  @Instant() readonly decide_at!: string;

  /** Shows what is asked of a slot. */
  static of({ slotId, attendance, decideAt }: Minimum): MinimumView {
    return { slot_id: slotId, minimum_attendance: attendance, decide_at: decideAt.toISOString() };
  }
}
