import type { PersonId } from '@scheduling/domain';
import { takeDue, type Tx } from '@scheduling/persistence';
import type { WatchedCalendar } from './watched-calendar.ts';

interface Row {
  id: string;
  user_id: PersonId;
  calendar_id: string;
  timezone: string;
  access_role: string;
  is_busy: boolean;
  sync_token: string | null;
  window_start: Date | null;
  asked_at: Date;
  attempts: number;
  lease_until: Date;
}

/** Takes calendars that are to be read, under a lease for this worker alone. */
export async function takeCalendars(tx: Tx, limit: number, leaseSeconds: number): Promise<WatchedCalendar[]> {
  const rows = await takeDue<Row>(tx, 'watched_calendars', limit, leaseSeconds);
  return rows.map((row) => ({
    id: row.id,
    userId: row.user_id,
    calendarId: row.calendar_id,
    timezone: row.timezone,
    accessRole: row.access_role,
    isBusy: row.is_busy,
    syncToken: row.sync_token,
    windowStart: row.window_start,
    askedAt: row.asked_at,
    attempts: row.attempts,
    takenAt: tx.now,
    leaseUntil: row.lease_until,
  }));
}

/** What its row says of a calendar while the worker who took it still has it; null if its lease or the calendar is gone. */
export async function lockTaken(tx: Tx, { id, leaseUntil }: WatchedCalendar): Promise<{ isBusy: boolean } | null> {
  const [row] = await tx.sql<{ isBusy: boolean }>`
    select is_busy as "isBusy" from watched_calendars
     where id = ${id} and state = 'working' and lease_until = ${leaseUntil}
       for update`;
  return row ?? null;
}

/** What a reading has brought besides events. */
export interface Progress {
  /** Where the next reading goes on; null where it begins anew. */
  readonly syncToken: string | null;
  /** What was read; null where only changes were. */
  readonly window: { readonly startAt: Date; readonly endAt: Date } | null;
  readonly timezone: string;
}

/** Writes down that a calendar was read up to the moment it was taken; it is due after a rest, or now if one was asked for meanwhile. */
export async function markRead(
  tx: Tx,
  { id, askedAt, takenAt }: WatchedCalendar,
  { syncToken, window, timezone }: Progress,
  restSeconds: number,
): Promise<void> {
  await tx.sql`
    update watched_calendars
       set state = 'planned', lease_until = null, attempts = 0, failing_since = null, synced_at = ${takenAt},
           sync_token = ${syncToken}, timezone = ${timezone},
           window_start = coalesce(${window?.startAt ?? null}, window_start),
           window_end = coalesce(${window?.endAt ?? null}, window_end),
           next_attempt_at = case when asked_at = ${askedAt} then ${tx.now}::timestamptz + make_interval(secs => ${restSeconds})
                                  else ${tx.now} end
     where id = ${id}`;
}

/** Writes down that a calendar could not be read, and when it is tried again. */
export async function postponeReading(tx: Tx, { id }: WatchedCalendar, seconds: number): Promise<void> {
  await tx.sql`
    update watched_calendars
       set state = 'planned', lease_until = null, failing_since = coalesce(failing_since, ${tx.now}),
           next_attempt_at = ${tx.now}::timestamptz + make_interval(secs => ${seconds})
     where id = ${id}`;
}

/** Lets a calendar rest until its owner connects again. */
export async function restCalendar(tx: Tx, { id }: WatchedCalendar): Promise<void> {
  await tx.sql`update watched_calendars set state = 'idle', lease_until = null where id = ${id}`;
}

/**
 * Makes a calendar due, even one that is being read just now; each wish counts, were it of the same moment.
 * One that could not be read keeps its time: a wish is no reason to hammer.
 */
export async function askForReading(tx: Tx, id: string): Promise<void> {
  await tx.prepared`
    update watched_calendars
       set asked_at = greatest(${tx.now}::timestamptz, asked_at + interval '1 millisecond'),
           next_attempt_at = case when state = 'planned' and attempts = 0 then ${tx.now}::timestamptz else next_attempt_at end
     where id = ${id}`;
}
