import type { PersonId } from '@scheduling/domain';
import { type Glance, NOW, type Tx } from '@scheduling/persistence';

/** What Google granted, sealed. */
export interface SealedTokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly expiry: Date;
}

/** A connection as requests need it. */
export interface AccountToken extends SealedTokens {
  readonly state: 'connected' | 'reconnect_required';
  /** Whether the access token lives for at least another minute, and whether somebody refreshes it just now. */
  readonly isLive: boolean;
  readonly isUnderway: boolean;
}

/** The tokens of a person's connection, if they have one. */
export async function findTokens(glance: Glance, person: PersonId): Promise<AccountToken | undefined> {
  const [found] = await glance.sql<AccountToken>`
    select state, access_token as "accessToken", refresh_token as "refreshToken", expiry,
           expiry > ${NOW} + interval '1 minute' as "isLive",
           coalesce(refreshing_until > ${NOW}, false) as "isUnderway"
      from google_oauth_accounts where user_id = ${person}`;
  return found;
}

/** Leases the refreshing of an access token that is over by so many seconds from now, or is the one that was refused. */
export async function leaseRefresh(
  tx: Tx,
  person: PersonId,
  { ahead, refused }: { ahead: number; refused: string | null },
): Promise<{ refreshToken: string; until: Date } | undefined> {
  const [leased] = await tx.sql<{ refreshToken: string; until: Date }>`
    update google_oauth_accounts set refreshing_until = ${tx.now}::timestamptz + interval '30 seconds'
     where user_id = ${person} and state = 'connected'
       and (expiry <= ${tx.now}::timestamptz + make_interval(secs => ${ahead}) or access_token = ${refused})
       and (refreshing_until is null or refreshing_until <= ${tx.now})
    returning refresh_token as "refreshToken", refreshing_until as until`;
  return leased;
}

/** Keeps a new access token, and a new refresh token where one came; not where the lease is another's by now. */
export async function keepRefreshed(
  tx: Tx,
  person: PersonId,
  until: Date,
  tokens: { accessToken: string; refreshToken: string | null; expiry: Date },
): Promise<void> {
  await tx.sql`
    update google_oauth_accounts
       set access_token = ${tokens.accessToken}, refresh_token = coalesce(${tokens.refreshToken}, refresh_token),
           expiry = ${tokens.expiry}, refreshing_until = null
     where user_id = ${person} and refreshing_until = ${until}`;
}

/** Gives a lease back that came to nothing. */
export async function endLease(tx: Tx, person: PersonId, until: Date): Promise<void> {
  await tx.sql`
    update google_oauth_accounts set refreshing_until = null where user_id = ${person} and refreshing_until = ${until}`;
}

/** Whose access tokens are over within so many seconds, the soonest first. */
export async function expiringSoon(tx: Tx, ahead: number, limit: number): Promise<PersonId[]> {
  const rows = await tx.sql<{ id: PersonId }>`
    select user_id as id from google_oauth_accounts
     where state = 'connected' and expiry <= ${tx.now}::timestamptz + make_interval(secs => ${ahead})
       and (refreshing_until is null or refreshing_until <= ${tx.now})
     order by expiry limit ${limit}`;
  return rows.map(({ id }) => id);
}

/** A connection that begins, or begins anew. */
export interface NewAccount extends SealedTokens {
  readonly userId: PersonId;
  readonly scopes: readonly string[];
}

/** Keeps a connection; what an older one had written down of itself begins anew. */
export async function keepAccount(tx: Tx, account: NewAccount, version: number): Promise<void> {
  const { userId, accessToken, refreshToken, expiry, scopes } = account;
  await tx.sql`
    insert into google_oauth_accounts as known (user_id, state, version, access_token, refresh_token, expiry, scopes, connected_at, next_list_at,
                                       next_compare_at)
    values (${userId}, 'connected', ${version}, ${accessToken}, ${refreshToken}, ${expiry}, ${scopes}::text[], ${tx.now}, ${tx.now},
            ${tx.now}::timestamptz + interval '5 minutes')
    on conflict (user_id) do update
       set state = 'connected', version = excluded.version, access_token = excluded.access_token,
           refresh_token = excluded.refresh_token, expiry = excluded.expiry, scopes = excluded.scopes,
           connected_at = excluded.connected_at, next_list_at = excluded.next_list_at,
           next_compare_at = excluded.next_compare_at, refreshing_until = null, failing_since = null, is_failure_told = false,
           former_email = known.google_email, former_refresh_token = known.refresh_token, google_email = null,
           last_error = null, last_error_at = null`;
}

/** Forgets a connection, and has its grant given back; false where there is none. */
export async function forgetAccount(tx: Tx, person: PersonId): Promise<boolean> {
  const gone = await tx.sql<{ id: string }>`
    with gone as (delete from google_oauth_accounts where user_id = ${person} returning *)
    insert into revocations (user_id, google_email, refresh_token, state, next_attempt_at)
    select user_id, google_email, refresh_token, 'planned', ${tx.now} from gone
    returning id`;
  return gone.length > 0;
}

/** Has a grant given back that no connection came of. */
export async function giveBack(tx: Tx, person: PersonId, refreshToken: string): Promise<void> {
  await tx.sql`
    insert into revocations (user_id, refresh_token, state, next_attempt_at)
    values (${person}, ${refreshToken}, 'planned', ${tx.now})`;
}

/** Has the grant of the connection before this one given back where it was to another account; answers whether it was. */
export async function leaveFormer(tx: Tx, person: PersonId, email: string | null): Promise<boolean> {
  const left = await tx.sql<{ id: string }>`
    insert into revocations (user_id, google_email, refresh_token, state, next_attempt_at)
    select user_id, former_email, former_refresh_token, 'planned', ${tx.now} from google_oauth_accounts
     where user_id = ${person} and former_refresh_token is not null and former_email is distinct from ${email}
    returning id`;
  await tx.sql`
    update google_oauth_accounts set former_email = null, former_refresh_token = null where user_id = ${person}`;
  return left.length > 0;
}

/**
 * Notes that only the person can mend a connection, under the lease of whoever found that out; answers until when its calendars are known,
 * or nothing where it was connected anew meanwhile.
 */
export async function breakAccount(
  tx: Tx,
  person: PersonId,
  { code, until }: { code: string; until: Date },
  version: number,
): Promise<Date | undefined> {
  const [broken] = await tx.sql<{ knownUntil: Date }>`
    update google_oauth_accounts
       set state = 'reconnect_required', version = ${version}, refreshing_until = null, is_failure_told = true,
           failing_since = coalesce(failing_since, ${tx.now}), last_error = ${code}, last_error_at = ${tx.now}
     where user_id = ${person} and state = 'connected' and refreshing_until = ${until}
    returning coalesce(read_at, connected_at) as "knownUntil"`;
  return broken?.knownUntil;
}

/** Lets all work for a person rest until they connect again. */
export async function restWork(tx: Tx, person: PersonId): Promise<void> {
  await tx.sql`update watched_calendars set state = 'idle', lease_until = null where user_id = ${person} and state <> 'idle'`;
  await tx.sql`update lesson_events set state = 'idle', lease_until = null where user_id = ${person} and state <> 'idle'`;
}

/** The next version of what is said about a person's connection; it outlives the connection. */
export async function nextConnectionVersion(tx: Tx, person: PersonId): Promise<number> {
  const [next] = await tx.sql<{ version: string }>`
    insert into busy_readings as known (user_id, connection_version) values (${person}, 1)
    on conflict (user_id) do update set connection_version = known.connection_version + 1
    returning connection_version as version`;
  return Number(next!.version);
}
