import type { BookingId, PersonId } from '@scheduling/domain';
import type { Tx } from '@scheduling/persistence';

/** What somebody reads where they are signed in. */
export interface Note {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly body: string;
  readonly link: string | null;
  readonly bookingId: BookingId | null;
  readonly createdAt: Date;
  readonly readAt: Date | null;
}

/** Which notes are asked for. */
export interface Wanted {
  readonly isUnread: boolean;
  /** The note that the page before ended with; null for the newest. */
  readonly after: string | null;
  readonly limit: number;
}

/** Writes a note down, once. */
export async function insertNote(tx: Tx, userId: PersonId, note: Omit<Note, 'createdAt' | 'readAt'>): Promise<void> {
  const { id, kind, title, body, link, bookingId } = note;
  await tx.sql`
    insert into in_app (message_id, user_id, kind, title, body, link, booking_id, created_at)
    values (${id}, ${userId}, ${kind}, ${title}, ${body}, ${link}, ${bookingId}, ${tx.now})
    on conflict do nothing`;
}

/** Somebody's notes, the newest first. */
export function notesOf(tx: Tx, userId: PersonId, { isUnread, after, limit }: Wanted): Promise<Note[]> {
  return tx.sql<Note>`
    select message_id as id, kind, title, body, link, booking_id as "bookingId", created_at as "createdAt", read_at as "readAt"
      from in_app
     where user_id = ${userId} and (not ${isUnread}::boolean or read_at is null)
       and (${after}::uuid is null
            or (created_at, message_id) < (select created_at, message_id from in_app
                                            where message_id = ${after} and user_id = ${userId}))
     order by created_at desc, message_id desc
     limit ${limit}`;
}

/** How many of somebody's notes are not read yet. */
export async function countUnread(tx: Tx, userId: PersonId): Promise<number> {
  const [{ count } = { count: 0 }] = await tx.sql<{ count: number }>`
    select count(*)::int as count from in_app where user_id = ${userId} and read_at is null`;
  return count;
}

/** Notes that somebody has read a note of theirs, the first time that they say so; undefined if they have no such note. */
export async function readNote(tx: Tx, userId: PersonId, id: string): Promise<Note | undefined> {
  const [note] = await tx.sql<Note>`
    update in_app set read_at = coalesce(read_at, ${tx.now}) where message_id = ${id} and user_id = ${userId}
    returning message_id as id, kind, title, body, link, booking_id as "bookingId", created_at as "createdAt",
              read_at as "readAt"`;
  return note;
}

/** Notes that somebody has read all that had come by an instant. */
export async function readNotes(tx: Tx, userId: PersonId, until: Date): Promise<void> {
  await tx.sql`
    update in_app set read_at = ${tx.now} where user_id = ${userId} and read_at is null and created_at <= ${until}`;
}
