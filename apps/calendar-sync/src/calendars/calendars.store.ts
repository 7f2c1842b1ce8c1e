import type { PersonId } from '@scheduling/domain';
import type { Tx } from '@scheduling/persistence';

/** A calendar as Google lists it. */
export interface ListedCalendar {
  readonly calendarId: string;
  readonly summary: string;
  /** IANA zone. */
  readonly timezone: string;
  /** Google's word: `freeBusyReader`, `reader`, `writer` or `owner`. */
  readonly accessRole: string;
  readonly isPrimary: boolean;
}

/** A calendar with what its person chose for it. */
export interface Calendar extends ListedCalendar {
  readonly id: string;
  readonly isBusy: boolean;
  readonly isWritten: boolean;
}

/** A channel that Google can be asked to stop. */
export interface StoppableChannel {
  readonly id: string;
  readonly resourceId: string;
}

/** The calendars of a person, the primary first, then by name. */
export function calendarsOf(tx: Tx, person: PersonId): Promise<Calendar[]> {
  return tx.sql<Calendar>`
    select id, calendar_id as "calendarId", summary, timezone, access_role as "accessRole", is_primary as "isPrimary",
           is_busy as "isBusy", is_written as "isWritten"
      from watched_calendars where user_id = ${person} order by is_primary desc, summary, calendar_id`;
}

/**
 * Makes the calendars of a person those that Google lists. What they chose stays; at first the primary one takes their time and
 * receives their lessons. All that are watched become due.
 */
export async function keepCalendars(tx: Tx, person: PersonId, listed: readonly ListedCalendar[]): Promise<void> {
  await tx.sql`
    delete from busy_events using watched_calendars w
     where source_id = w.id and w.user_id = ${person} and w.calendar_id <> all(${listed.map(({ calendarId }) => calendarId)}::text[])`;
  await tx.sql`
    delete from watched_calendars
     where user_id = ${person} and calendar_id <> all(${listed.map(({ calendarId }) => calendarId)}::text[])`;
  await tx.sql`
    insert into watched_calendars as known (user_id, calendar_id, summary, timezone, access_role, is_primary, is_busy, is_written,
                                            state, next_attempt_at, asked_at)
    select ${person}, calendar_id, summary, timezone, access_role, is_primary, is_first, is_first,
           case when is_first then 'planned' else 'idle' end, ${tx.now}, ${tx.now}
      from (select *, is_primary and not exists (select from watched_calendars where user_id = ${person}) as is_first
              from unnest(${listed.map(({ calendarId }) => calendarId)}::text[], ${listed.map(({ summary }) => summary)}::text[],
                          ${listed.map(({ timezone }) => timezone)}::text[], ${listed.map(({ accessRole }) => accessRole)}::text[],
                          ${listed.map(({ isPrimary }) => isPrimary)}::boolean[])
                as listed (calendar_id, summary, timezone, access_role, is_primary)) as those
    on conflict (user_id, calendar_id) do update
       set summary = excluded.summary, timezone = excluded.timezone, access_role = excluded.access_role,
           is_primary = excluded.is_primary, is_written = known.is_written and excluded.access_role in ('writer', 'owner'),
           state = case when known.state = 'idle' and (known.is_busy or known.is_written) then 'planned' else known.state end,
           next_attempt_at = case when known.state = 'idle' then excluded.next_attempt_at else known.next_attempt_at end,
           -- What rested begins anew.
           attempts = case when known.state = 'idle' then 0 else known.attempts end,
           failing_since = case when known.state = 'idle' then null else known.failing_since end`;
}

/** Notes which calendar is the primary one, by which the account is called, and when the list is read again. */
export async function noteListed(tx: Tx, person: PersonId, primary: string | null, again: Date): Promise<void> {
  await tx.sql`
    update google_oauth_accounts set google_email = coalesce(${primary}, google_email), next_list_at = ${again}
     where user_id = ${person} and state = 'connected'`;
}

/** Notes that the list could not be read, and when it is tried again. */
export async function noteNotListed(tx: Tx, person: PersonId, code: string, again: Date): Promise<void> {
  await tx.sql`
    update google_oauth_accounts set last_error = ${code}, last_error_at = ${tx.now}, next_list_at = ${again}
     where user_id = ${person} and state = 'connected'`;
}

/** Whose list of calendars is to be read by now. */
export async function listsDue(tx: Tx, limit: number): Promise<PersonId[]> {
  const due = await tx.sql<{ id: PersonId }>`
    select user_id as id from google_oauth_accounts where state = 'connected' and next_list_at <= ${tx.now}
     order by next_list_at limit ${limit}`;
  return due.map(({ id }) => id);
}

/** Sets what a calendar is for; it is read from now on, or rests. Taking the lessons takes them from any other. */
export async function chooseCalendar(
  tx: Tx,
  { id }: Pick<Calendar, 'id'>,
  { isBusy, isWritten }: Pick<Calendar, 'isBusy' | 'isWritten'>,
): Promise<void> {
  await tx.sql`
    update watched_calendars
       set is_written = false, state = case when is_busy then state else 'idle' end,
           lease_until = case when is_busy then lease_until end
     where ${isWritten} and is_written and id <> ${id}
       and user_id = (select user_id from watched_calendars where id = ${id})`;
  await tx.sql`
    update watched_calendars
       set is_busy = ${isBusy}, is_written = ${isWritten}, lease_until = null, asked_at = ${tx.now}, next_attempt_at = ${tx.now},
           state = case when ${isBusy || isWritten} then 'planned' else 'idle' end,
           -- What is kept of it was read for other ends.
           sync_token = case when is_busy = ${isBusy} then sync_token end
     where id = ${id}`;
  if (!isBusy) await tx.sql`delete from busy_events where source_id = ${id}`;
}

/** The channels of a person's that Google has told us of. */
export function openChannelsOf(tx: Tx, person: PersonId): Promise<StoppableChannel[]> {
  return tx.sql<StoppableChannel>`
    select id, resource_id as "resourceId" from channels where user_id = ${person} and resource_id is not null`;
}

/** Forgets a person's calendars, and all that they said. */
export async function forgetCalendars(tx: Tx, person: PersonId): Promise<void> {
  await tx.sql`
    delete from busy_events using watched_calendars w where source_id = w.id and w.user_id = ${person}`;
  await tx.sql`delete from watched_calendars where user_id = ${person}`;
  await tx.sql`delete from lesson_events where user_id = ${person}`;
}
