import type { PersonId } from '@scheduling/domain';
import type { Tx } from '@scheduling/persistence';

/** The newest word about the connection to somebody's calendar. */
export interface Connection {
  readonly personId: PersonId;
  readonly version: number;
  /** Whether lessons come into their calendar by themselves. */
  readonly isConnected: boolean;
}

/** Remembers a word about somebody's connection; false if one as new had been heard. */
export async function advanceConnection(tx: Tx, { personId, version, isConnected }: Connection): Promise<boolean> {
  const advanced = await tx.sql`
    insert into calendar_connections as known (user_id, version, is_connected)
    values (${personId}, ${version}, ${isConnected})
    on conflict (user_id) do update set version = excluded.version, is_connected = excluded.is_connected
     where known.version < excluded.version
    returning user_id`;
  return advanced.length > 0;
}

/** Those of these people whose calendars show lessons by themselves. */
export async function connectedAmong(tx: Tx, people: readonly PersonId[]): Promise<Set<PersonId>> {
  const rows = await tx.sql<{ id: PersonId }>`
    select user_id as id from calendar_connections where user_id = any(${people}::uuid[]) and is_connected`;
  return new Set(rows.map(({ id }) => id));
}
