import type { PersonId } from '@scheduling/domain';
import type { Tx } from '@scheduling/persistence';

/** Leaves nothing of a person but a version that nothing said before can overtake. */
export async function erasePerson(tx: Tx, person: PersonId, version: number): Promise<void> {
  await tx.sql`
    insert into people as known (person_id, name, timezone, version) values (${person}, '', 'UTC', ${version})
    on conflict (person_id) do update set name = '', timezone = 'UTC', version = excluded.version`;
}

/**
 * Lets go of a person's busy time and imported calendars, of the address of their own, of what they chose, and of consents under way; answers
 * whether anything kept them busy.
 */
export async function forgetCalendarsOf(tx: Tx, person: PersonId): Promise<boolean> {
  const busy = await tx.sql<object>`delete from busy_events where user_id = ${person} returning source_id`;
  await tx.sql`delete from calendar_imports where user_id = ${person}`;
  await tx.sql`delete from feeds where user_id = ${person}`;
  await tx.sql`delete from calendar_settings where user_id = ${person}`;
  await tx.sql`delete from oauth_states where user_id = ${person}`;
  await tx.sql`delete from repairs where user_id = ${person}`;
  await tx.sql`delete from lesson_events where user_id = ${person}`;
  return busy.length > 0;
}

/** What is kept of a person, for themselves to read; never a token. */
export async function keptOf(tx: Tx, person: PersonId): Promise<object> {
  const [name] = await tx.sql<object>`select name, timezone from people where person_id = ${person}`;
  return {
    person: name ?? null,
    google: await tx.sql<object>`
      select google_email, state, scopes, connected_at from google_oauth_accounts where user_id = ${person}`,
    calendars: await tx.sql<object>`
      select calendar_id, summary, timezone, is_busy, is_written from watched_calendars where user_id = ${person}`,
    imports:
      await tx.sql<object>`select name, host, created_at, read_at from calendar_imports where user_id = ${person}`,
    busy: await tx.sql<object>`
      select start_at, end_at from busy_events where user_id = ${person} order by start_at`,
    feed: await tx.sql<object>`select created_at, last_read_at from feeds where user_id = ${person}`,
    settings:
      await tx.sql<object>`select on_moved, video, link_template from calendar_settings where user_id = ${person}`,
    lesson_events: await tx.sql<object>`
      select booking_id, calendar_id, side, join_link from lesson_events where user_id = ${person} order by booking_id`,
  };
}
