import type { PersonId } from '@scheduling/domain';
import type { Tx } from '@scheduling/persistence';

/** How the watched calendars of a connected person are doing. */
export interface AccountHealth {
  readonly failingSince: Date | null;
  readonly isFailureTold: boolean;
  /** When all of them had last been read; null before the first time. */
  readonly readAt: Date | null;
  readonly connectedAt: Date;
}

/** Sums up how somebody's watched calendars are doing; null where nobody reads them, or their owner has to connect again. */
export async function sumUpHealth(tx: Tx, person: PersonId): Promise<AccountHealth | null> {
  const [health] = await tx.sql<AccountHealth>`
    update google_oauth_accounts a
       set failing_since = c.failing_since, read_at = coalesce(c.read_at, a.read_at)
      from (select min(failing_since) as failing_since,
                   case when count(synced_at) = count(*) then min(synced_at) end as read_at
              from watched_calendars
             where user_id = ${person} and (is_busy or is_written)) c
     where a.user_id = ${person} and a.state = 'connected'
    returning a.failing_since as "failingSince", a.is_failure_told as "isFailureTold", a.read_at as "readAt",
              a.connected_at as "connectedAt"`;
  return health ?? null;
}

/** Notes whether others were told that somebody's calendars cannot be read, and the version of that word. */
export async function noteTold(tx: Tx, person: PersonId, isFailureTold: boolean, version: number): Promise<void> {
  await tx.sql`
    update google_oauth_accounts set is_failure_told = ${isFailureTold}, version = ${version} where user_id = ${person}`;
}

/** Notes what a calendar's reading failed for, by Google's code or ours; if it may be there no more, its person's list is read again. */
export async function noteFailure(tx: Tx, person: PersonId, code: string, isMissing: boolean): Promise<void> {
  await tx.sql`
    update google_oauth_accounts
       set last_error = ${code}, last_error_at = ${tx.now},
           next_list_at = case when ${isMissing} then least(next_list_at, ${tx.now}) else next_list_at end
     where user_id = ${person}`;
}
