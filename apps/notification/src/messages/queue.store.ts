import type { PersonId } from '@scheduling/domain';
import { takeDue, type Tx } from '@scheduling/persistence';
import type { Message, News } from './message.ts';

interface Row {
  id: string;
  recipient_id: PersonId;
  kind: News['kind'];
  event: News['event'];
  message_id: string;
  attempts: number;
  lease_until: Date;
  created_at: Date;
}

/** Takes due messages under a lease, less those that a later state has overtaken meanwhile: these are revoked. */
export async function takeMessages(tx: Tx, limit: number, leaseSeconds: number): Promise<Message[]> {
  const rows = await takeDue<Row>(tx, 'messages', limit, leaseSeconds);
  if (rows.length === 0) return [];
  const overtaken = await tx.sql<{ id: string }>`
    update messages as old set state = 'revoked', lease_until = null
     where old.id = any(${rows.map(({ id }) => id)}::uuid[])
       and exists (select from messages as newer
                    where newer.booking_id = old.booking_id and newer.booking_version > old.booking_version
                      and newer.kind in ('booking_canceled', 'booking_rescheduled'))
    returning old.id`;
  const gone = new Set(overtaken.map(({ id }) => id));
  return rows.filter(({ id }) => !gone.has(id)).map(messageOf);
}

/** What is remembered of a mail that was taken by the server. */
export interface Receipt {
  /** The server's own words. */
  readonly response: string;
  /** Whether a calendar file went with it. */
  readonly hasFile: boolean;
}

/** Those of these messages whose readers have got a calendar file of the same lesson before: only another one changes what that brought. */
export async function filedBefore(tx: Tx, messages: readonly Message[]): Promise<Set<string>> {
  const rows = await tx.sql<{ id: string }>`
    select distinct due.id from messages as due
      join messages as before using (booking_id, recipient_id)
     where due.id = any(${messages.map(({ id }) => id)}::uuid[]) and before.state = 'sent'
       and before.kind in ('booking_confirmed', 'booking_rescheduled', 'lesson_link_ready')
       and before.has_file is not false`;
  return new Set(rows.map(({ id }) => id));
}

/** Notes that the mail server has taken a message, whoever else may have tried it since. */
export async function markSent(tx: Tx, { id }: Message, { response, hasFile }: Receipt): Promise<void> {
  await tx.sql`
    update messages set state = 'sent', sent_at = ${tx.now}, provider_response = ${response}, has_file = ${hasFile},
                        lease_until = null
     where id = ${id} and state <> 'sent'`;
}

/** How a message ends that is not sent. */
export interface Ending {
  readonly state: 'failed' | 'skipped';
  readonly reason: string;
}

/** Ends a message without sending it; one whose lease another worker has by now stays as it is. */
export async function endMessage(tx: Tx, { id, leaseUntil }: Message, { state, reason }: Ending): Promise<void> {
  await tx.sql`
    update messages set state = ${state}, last_error = ${reason}, lease_until = null
     where id = ${id} and state = 'working' and lease_until = ${leaseUntil}`;
}

/** When a message is tried again, and why it was not sent just now. */
export interface Delay {
  readonly seconds: number;
  readonly reason: string;
  /** Whether the try counts; one that could not even begin does not. */
  readonly counts: boolean;
}

/** Gives a message back to be tried later; one whose lease another worker has by now stays as it is. */
export async function postpone(tx: Tx, { id, leaseUntil }: Message, { seconds, reason, counts }: Delay): Promise<void> {
  await tx.sql`
    update messages set state = 'planned', last_error = ${reason}, lease_until = null,
                        next_attempt_at = ${tx.now}::timestamptz + make_interval(secs => ${seconds}),
                        attempts = attempts - ${counts ? 0 : 1}::int
     where id = ${id} and state = 'working' and lease_until = ${leaseUntil}`;
}

const messageOf = (row: Row): Message => ({
  id: row.id,
  recipientId: row.recipient_id,
  messageId: row.message_id,
  // The kind and the event were written together: one decides the other's shape.
  news: { kind: row.kind, event: row.event } as News,
  attempts: row.attempts,
  leaseUntil: row.lease_until,
  createdAt: row.created_at,
});
