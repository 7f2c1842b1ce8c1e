import type { PersonId } from '@scheduling/domain';
import type { Tx } from '@scheduling/persistence';

/** A push channel that Google has, or may have. */
export interface Channel {
  readonly id: string;
  readonly userId: PersonId;
  /** What Google calls that which it watches; null until it has told. */
  readonly resourceId: string | null;
  readonly expiresAt: Date;
}

/** A channel that is about to be opened. */
export interface NewChannel {
  readonly id: string;
  /** The watched calendar's id with us. */
  readonly calendar: string;
  readonly userId: PersonId;
  readonly tokenHash: Buffer;
  readonly expiresAt: Date;
}

/** Keeps a channel that Google is about to hear of, since its first push may come before its answer. */
export async function addChannel(tx: Tx, { id, calendar, userId, tokenHash, expiresAt }: NewChannel): Promise<void> {
  await tx.sql`
    insert into channels (id, calendar, user_id, token_hash, expires_at, created_at)
    values (${id}, ${calendar}, ${userId}, ${tokenHash}, ${expiresAt}, ${tx.now})`;
}

/** Keeps what Google answered about a channel. */
export async function openChannel(tx: Tx, id: string, resourceId: string, expiresAt: Date): Promise<void> {
  await tx.sql`update channels set resource_id = ${resourceId}, expires_at = ${expiresAt} where id = ${id}`;
}

/** Forgets channels; their pushes are then those of a stranger. */
export async function forgetChannels(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx.sql`delete from channels where id = any(${ids}::uuid[])`;
}

/** The channels of a calendar that can still push, the one that lasts longest first. */
export function channelsOf(tx: Tx, calendar: string): Promise<Channel[]> {
  return tx.sql<Channel>`
    select id, user_id as "userId", resource_id as "resourceId", expires_at as "expiresAt" from channels
     where calendar = ${calendar} and expires_at > ${tx.now}
     order by expires_at desc`;
}

/** Some channels that nobody needs: those of calendars which are not read any more, those that are over, and those that never began. */
export function needlessChannels(tx: Tx, limit: number): Promise<Channel[]> {
  return tx.sql<Channel>`
    select c.id, c.user_id as "userId", c.resource_id as "resourceId", c.expires_at as "expiresAt"
      from channels c join watched_calendars w on w.id = c.calendar
     where c.expires_at <= ${tx.now} or not (w.is_busy or w.is_written)
        or c.resource_id is null and c.created_at < ${tx.now}::timestamptz - interval '10 minutes'
     order by c.expires_at
     limit ${limit}`;
}

/** What a push is checked against. */
export interface Listener {
  readonly calendar: string;
  readonly tokenHash: Buffer;
  readonly resourceId: string | null;
}

/** The channel of this id, as far as a push is checked against it. */
export async function findListener(tx: Tx, id: string): Promise<Listener | null> {
  const [channel] = await tx.prepared<Listener>`
    select calendar, token_hash as "tokenHash", resource_id as "resourceId" from channels
     where id = ${id} and expires_at > ${tx.now}`;
  return channel ?? null;
}

/** Notes which push of a channel was heard, and what it watches; false where one as new was heard before. */
export async function noteHeard(tx: Tx, id: string, resourceId: string, messageNumber: number): Promise<boolean> {
  const heard = await tx.prepared<{ id: string }>`
    update channels set message_number = greatest(message_number, ${messageNumber}), resource_id = ${resourceId}
     where id = ${id} and (message_number < ${messageNumber} or resource_id is null)
    returning id`;
  return heard.length > 0;
}
