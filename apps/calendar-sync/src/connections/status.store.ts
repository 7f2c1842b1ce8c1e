import type { PersonId } from '@scheduling/domain';
import type { Tx } from '@scheduling/persistence';

/** A difference between our lessons and a calendar, found and repaired. */
export interface Repair {
  readonly bookingId: string;
  readonly kind: string;
  readonly foundAt: Date;
}

/** How somebody's connection is doing. */
export interface Status {
  readonly state: 'connected' | 'reconnect_required';
  readonly connectedAs: string | null;
  readonly connectedAt: Date;
  /** When the calendar that was read longest ago was read; null before the first time. */
  readonly lastSyncAt: Date | null;
  /** How long ago that is, in seconds. */
  readonly lagSeconds: number | null;
  /** When the first push channel is to be followed by another; null where nothing is pushed. */
  readonly nextRenewalAt: Date | null;
  readonly lastError: string | null;
  readonly lastErrorAt: Date | null;
  /** Lessons whose event is still to be written. */
  readonly pendingWrites: number;
  readonly repairedCount: number;
}

/** How a person's connection is doing, if they have one. */
export async function statusOf(tx: Tx, person: PersonId): Promise<Status | undefined> {
  const [status] = await tx.sql<Status>`
    select a.state, a.google_email as "connectedAs", a.connected_at as "connectedAt", c.oldest as "lastSyncAt",
           floor(extract(epoch from ${tx.now}::timestamptz - c.oldest))::int as "lagSeconds",
           (select min(expires_at) - interval '1 day' from channels where user_id = a.user_id and resource_id is not null) as "nextRenewalAt",
           a.last_error as "lastError", a.last_error_at as "lastErrorAt",
           (select count(*)::int from lesson_events where user_id = a.user_id and state <> 'idle') as "pendingWrites",
           a.repaired_count as "repairedCount"
      from google_oauth_accounts a,
           lateral (select case when count(synced_at) = count(*) then min(synced_at) end as oldest
                      from watched_calendars where user_id = a.user_id and (is_busy or is_written)) as c
     where a.user_id = ${person}`;
  return status;
}

/** The newest differences that were repaired in a person's calendars. */
export function repairsOf(tx: Tx, person: PersonId, limit: number): Promise<Repair[]> {
  return tx.sql<Repair>`
    select booking_id as "bookingId", kind, found_at as "foundAt" from repairs
     where user_id = ${person} order by found_at desc, id desc limit ${limit}`;
}
