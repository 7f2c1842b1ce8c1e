import type { PersonId } from '@scheduling/domain';
import { Count, Instant, ListOf, Uuid } from '../fields.ts';
import { EventType, SchedulingEvent } from './event.ts';

/** Time that a calendar says is taken, half-open; never what for. */
export class BusyTime {
  /** When it begins. */
  @Instant() readonly start_at!: string;
  /** When it ends. */
  @Instant() readonly end_at!: string;
}

/**
 * Everything that keeps a person busy in their own calendars within a window, and nothing else.
 * A repeated or late one does no harm: an older version is ignored.
 */
@EventType<CalendarBusyChanged>({
  type: 'scheduling.calendar-sync.CalendarBusyChanged.v1',
  key: (event) => event.user_id,
  examples: [
    {
      user_id: 'b1f7a3c2-52a5-4c8b-9b0e-0f6d6f4f8a01',
      version: 12,
      window_start: '2026-11-30T00:00:00.000Z',
      window_end: '2027-02-22T00:00:00.000Z',
      busy: [{ start_at: '2026-12-07T09:00:00.000Z', end_at: '2026-12-07T10:30:00.000Z' }],
    },
  ],
})
export class CalendarBusyChanged extends SchedulingEvent {
  /** Whose calendars they are. */
  @Uuid() readonly user_id!: PersonId;
  /** Grows with each reading of this person's calendars. */
  @Count(1, Number.MAX_SAFE_INTEGER) readonly version!: number;
  /** From when the set speaks. */
  @Instant() readonly window_start!: string;
  /** Until when it speaks, exclusive. */
  @Instant() readonly window_end!: string;
  /** All busy time that meets the window, merged, in order. */
  @ListOf(() => BusyTime, 2000) readonly busy!: BusyTime[];
}
