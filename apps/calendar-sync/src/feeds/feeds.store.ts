import type { BookingId, PersonId } from '@scheduling/domain';
import type { Tx } from '@scheduling/persistence';

/** A person's feed, without its secret. */
export interface Feed {
  readonly createdAt: Date;
  readonly lastReadAt: Date | null;
}

/** A lesson as one of its two people sees it. */
export interface SeenLesson {
  readonly bookingId: BookingId;
  readonly version: number;
  readonly startAt: Date;
  readonly endAt: Date;
  readonly isOn: boolean;
  readonly joinLink: string;
  readonly updatedAt: Date;
  /** What the other one is called; empty while that is not known. */
  readonly other: string;
}

/** A person's feed, if they have one. */
export async function findFeed(tx: Tx, userId: PersonId): Promise<Feed | undefined> {
  const [feed] = await tx.sql<Feed>`
    select created_at as "createdAt", last_read_at as "lastReadAt" from feeds where user_id = ${userId}`;
  return feed;
}

/** Gives a person's feed a secret, whose hash this is, instead of any earlier one. */
export async function replaceFeed(tx: Tx, userId: PersonId, secretHash: Buffer): Promise<void> {
  await tx.sql`
    insert into feeds (user_id, secret_hash, created_at) values (${userId}, ${secretHash}, ${tx.now})
    on conflict (user_id) do update
      set secret_hash = excluded.secret_hash, created_at = excluded.created_at, last_read_at = null`;
}

/** Takes a person's feed away. */
export async function deleteFeed(tx: Tx, userId: PersonId): Promise<void> {
  await tx.sql`delete from feeds where user_id = ${userId}`;
}

/** Whose feed has this secret, by its hash; a reading is written down once a minute at most. */
export async function readFeed(tx: Tx, secretHash: Buffer): Promise<PersonId | undefined> {
  const minuteAgo = new Date(tx.now.getTime() - 60_000);
  const [feed] = await tx.sql<{ userId: PersonId }>`
    with read as (
      update feeds set last_read_at = ${tx.now}
       where secret_hash = ${secretHash} and (last_read_at is null or last_read_at < ${minuteAgo}))
    select user_id as "userId" from feeds where secret_hash = ${secretHash}`;
  return feed?.userId;
}

/** The lessons of a person, taught or taken, that end after an instant: the soonest first, at most so many. */
export async function lessonsOf(tx: Tx, userId: PersonId, after: Date, limit: number): Promise<SeenLesson[]> {
  const rows = await tx.sql<Omit<SeenLesson, 'version'> & { version: string }>`
    select l.booking_id as "bookingId", l.version, l.start_at as "startAt", l.end_at as "endAt", l.is_on as "isOn",
           l.join_link as "joinLink", l.updated_at as "updatedAt", coalesce(p.name, '') as other
      from (select lessons.*, student_id as other_id from lessons where tutor_id = ${userId} and end_at > ${after}
             union all
            select lessons.*, tutor_id from lessons where student_id = ${userId} and end_at > ${after}) l
      left join people p on p.person_id = l.other_id
     order by l.start_at, l.booking_id
     limit ${limit}`;
  return rows.map((row) => ({ ...row, version: Number(row.version) }));
}
