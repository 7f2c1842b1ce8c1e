import type { PersonId } from '@scheduling/domain';
import { Count, Instant, ListOf, OpenWord, Uuid } from '../fields.ts';
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

/** Where the connection of somebody's calendar stands: a word about it that is older than one heard before changes nothing. */
abstract class CalendarConnection extends SchedulingEvent {
  /** Whose calendar it is. */
  @Uuid() readonly user_id!: PersonId;
  /** Grows with each word about this person's connection. */
  @Count(1, Number.MAX_SAFE_INTEGER) readonly version!: number;
}

const connection = { user_id: 'b1f7a3c2-52a5-4c8b-9b0e-0f6d6f4f8a01', version: 1 };

/** Somebody lets us read and write their calendar, for the first time or again. */
@EventType<CalendarConnected>({
  type: 'scheduling.calendar-sync.CalendarConnected.v1',
  key: (event) => event.user_id,
  examples: [connection],
})
export class CalendarConnected extends CalendarConnection {}

/** Somebody no longer lets us into their calendar; what it said of them is forgotten. */
@EventType<CalendarDisconnected>({
  type: 'scheduling.calendar-sync.CalendarDisconnected.v1',
  key: (event) => event.user_id,
  examples: [{ ...connection, version: 4 }],
})
export class CalendarDisconnected extends CalendarConnection {}

/** Somebody's calendar cannot be read any more: what it said of them is known only as of `known_until`. */
@EventType<CalendarSyncFailed>({
  type: 'scheduling.calendar-sync.CalendarSyncFailed.v1',
  key: (event) => event.user_id,
  examples: [{ ...connection, version: 2, code: 'reconnect_required', known_until: '2026-12-07T13:30:00.000Z' }],
})
export class CalendarSyncFailed extends CalendarConnection {
  /** `reconnect_required`: only the person can mend it, by connecting again; `unreachable`: it may come back by itself. */
  @OpenWord() readonly code!: string;
  /** When it was last read as a whole. */
  @Instant() readonly known_until!: string;
}

/** Somebody's calendar is read again. */
@EventType<CalendarSyncRecovered>({
  type: 'scheduling.calendar-sync.CalendarSyncRecovered.v1',
  key: (event) => event.user_id,
  examples: [{ ...connection, version: 3 }],
})
export class CalendarSyncRecovered extends CalendarConnection {}
