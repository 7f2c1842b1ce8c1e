import type { PersonId } from '@scheduling/domain';
import { takeDue, type Tx } from '@scheduling/persistence';
import type { Seen } from './calendar-fetch.ts';

/** A calendar file that is read for somebody, without its address. */
export interface Import {
  readonly id: string;
  readonly name: string;
  /** All that is shown of the address. */
  readonly host: string;
  readonly createdAt: Date;
  readonly readAt: Date | null;
  /** A code; null while all is well. */
  readonly lastError: string | null;
  readonly lastErrorAt: Date | null;
}

/** A calendar file that is to be read now, by this worker alone. */
export interface DueImport extends Seen {
  readonly id: string;
  readonly userId: PersonId;
  /** Encrypted. */
  readonly address: string;
  /** Until when its rules have been worked out. */
  readonly windowEnd: Date | null;
  readonly attempts: number;
}

/** A person's imports, the oldest first. */
export function importsOf(tx: Tx, userId: PersonId): Promise<Import[]> {
  return tx.sql<Import>`
    select id, name, host, created_at as "createdAt", read_at as "readAt", last_error as "lastError",
           last_error_at as "lastErrorAt"
      from calendar_imports where user_id = ${userId} order by created_at, id`;
}

/** Adds a file, to be read at once. */
export async function insertImport(
  tx: Tx,
  added: { id: string; userId: PersonId; name: string; host: string; address: string },
): Promise<void> {
  await tx.sql`
    insert into calendar_imports (id, user_id, name, host, address, created_at, state, next_attempt_at)
    values (${added.id}, ${added.userId}, ${added.name}, ${added.host}, ${added.address}, ${tx.now}, 'planned', ${tx.now})`;
}

/** Takes a person's file away; false where they have none of this id. */
export async function deleteImport(tx: Tx, userId: PersonId, id: string): Promise<boolean> {
  const rows = await tx.sql<{ id: string }>`
    delete from calendar_imports where id = ${id} and user_id = ${userId} returning id`;
  return rows.length > 0;
}

/** Takes at most so many files that are due, for this worker alone. */
export async function takeImports(tx: Tx, limit: number, leaseSeconds: number): Promise<DueImport[]> {
  const rows = await takeDue<Row>(tx, 'calendar_imports', limit, leaseSeconds);
  return rows.map((row) => ({
    id: row.id,
    userId: row.user_id,
    address: row.address,
    etag: row.etag,
    lastModified: row.last_modified,
    windowEnd: row.window_end,
    attempts: row.attempts,
  }));
}

/** Writes down that a file was read, and when next; false where it is another worker's by now, or is gone. */
export async function finishImport(
  tx: Tx,
  { id, attempts }: DueImport,
  read: Seen & { windowEnd: Date | null; nextAt: Date },
): Promise<boolean> {
  const rows = await tx.sql<{ id: string }>`
    update calendar_imports
       set etag = ${read.etag}, last_modified = ${read.lastModified}, window_end = ${read.windowEnd}, read_at = ${tx.now},
           last_error = null, last_error_at = null, state = 'planned', attempts = 0, lease_until = null,
           next_attempt_at = ${read.nextAt}
     where id = ${id} and state = 'working' and attempts = ${attempts}
    returning id`;
  return rows.length > 0;
}

/** Writes down why a file could not be read, and when it is tried again. */
export async function postponeImport(
  tx: Tx,
  { id, attempts }: DueImport,
  why: { code: string; nextAt: Date },
): Promise<void> {
  await tx.sql`
    update calendar_imports
       set last_error = ${why.code}, last_error_at = ${tx.now}, state = 'planned', lease_until = null,
           next_attempt_at = ${why.nextAt}
     where id = ${id} and state = 'working' and attempts = ${attempts}`;
}

/** What the events are called that stand for lessons of a person in their calendars. */
export async function lessonEventIds(tx: Tx, userId: PersonId): Promise<Set<string>> {
  const rows = await tx.sql<{ id: string }>`select event_id as id from lesson_events where user_id = ${userId}`;
  return new Set(rows.map(({ id }) => id));
}

interface Row {
  id: string;
  user_id: PersonId;
  address: string;
  etag: string | null;
  last_modified: string | null;
  window_end: Date | null;
  attempts: number;
}
