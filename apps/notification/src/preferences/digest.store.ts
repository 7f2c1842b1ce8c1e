import type { PersonId } from '@scheduling/domain';
import type { Tx } from '@scheduling/persistence';
import type { Message } from '../messages/message.ts';
import type { Gathered } from './digest.ts';

/** How long a digest has until what it gathered goes by itself. */
const PATIENCE_HOURS = 24;

/** Locks a reader's digest of a day, by its number, while it can still take something in, and answers its row; undefined once it is on its way. */
export async function lockOpenDigest(tx: Tx, userId: PersonId, day: number): Promise<string | undefined> {
  const [digest] = await tx.sql<{ id: string }>`
    select id from messages
     where booking_id = ${userId} and booking_version = ${day} and recipient_id = ${userId} and kind = 'digest'
       and channel = 'email' and state = 'planned' and attempts = 0
       for update`;
  return digest?.id;
}

/** Whether a message was put into a digest before. */
export async function wasGathered(tx: Tx, { id }: Message): Promise<boolean> {
  const gathered = await tx.sql`select from messages where id = ${id} and digest_id is not null`;
  return gathered.length > 0;
}

/** Puts a message into a digest that goes out at an instant, with what it says there; one whose lease another worker has by now stays as it is. */
export async function putInto(
  tx: Tx,
  digestId: string,
  { id, leaseUntil }: Message,
  said: Gathered & { at: Date },
): Promise<void> {
  const { at, ...gathered } = said;
  await tx.sql`
    update messages set state = 'planned', lease_until = null, attempts = attempts - 1, last_error = 'gathered',
                        next_attempt_at = ${at}::timestamptz + make_interval(hours => ${PATIENCE_HOURS}),
                        digest_id = ${digestId}, gathered = ${gathered}
     where id = ${id} and state = 'working' and lease_until = ${leaseUntil}`;
}

/** What a digest that is about to go out tells: all that is still to be said. None of it goes by itself while the digest may be on its way. */
export async function openDigest(tx: Tx, digestId: string): Promise<Gathered[]> {
  const rows = await tx.sql<{ gathered: Gathered; dueAt: Date; id: string }>`
    update messages set next_attempt_at = ${tx.now}::timestamptz + make_interval(hours => ${PATIENCE_HOURS})
     where digest_id = ${digestId} and state = 'planned'
    returning gathered, due_at as "dueAt", id`;
  return rows
    .toSorted((a, b) => a.dueAt.getTime() - b.dueAt.getTime() || (a.id < b.id ? -1 : 1))
    .map(({ gathered }) => gathered);
}

/** Notes that what a digest told is said. */
export async function markTold(tx: Tx, { id, messageId }: Message): Promise<void> {
  await tx.sql`
    update messages set state = 'sent', sent_at = ${tx.now}, provider_response = ${`in the digest ${messageId}`}, last_error = null
     where digest_id = ${id} and state = 'planned'`;
}
