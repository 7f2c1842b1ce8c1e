import type { PersonId } from '@scheduling/domain';
import type { Tx } from '@scheduling/persistence';

/** Whose calendars are to be compared by now. */
export async function comparisonsDue(tx: Tx, limit: number): Promise<PersonId[]> {
  const due = await tx.sql<{ id: PersonId }>`
    select user_id as id from google_oauth_accounts where state = 'connected' and next_compare_at <= ${tx.now}
     order by next_compare_at limit ${limit}`;
  return due.map(({ id }) => id);
}

/** Notes when a person's calendar is compared again. */
export async function compareAgain(tx: Tx, person: PersonId, at: Date): Promise<void> {
  await tx.sql`update google_oauth_accounts set next_compare_at = ${at} where user_id = ${person}`;
}

/** The calendar that a person's lessons are written into, if any. */
export async function writtenCalendar(tx: Tx, person: PersonId): Promise<string | undefined> {
  const [calendar] = await tx.sql<{ id: string }>`
    select calendar_id as id from watched_calendars where user_id = ${person} and is_written`;
  return calendar?.id;
}
