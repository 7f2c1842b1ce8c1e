import type { PersonId } from '@scheduling/domain';
import { NOW, type Stroke, takeDue, type Tx } from '@scheduling/persistence';
import { CHANNELS, type Channel } from './kinds.ts';
import type { Message, News } from './message.ts';

interface Row {
  id: string;
  recipient_id: PersonId;
  channel: Channel;
  kind: News['kind'];
  event: News['event'];
  message_id: string;
  attempts: number;
  lease_until: Date;
  created_at: Date;
  due_at: Date | null;
  handing_at: Date | null;
  traceparent: string | null;
}

/** How many messages of which channel a worker wants, and for how long. */
export interface Portion {
  readonly channel: Channel;
  readonly limit: number;
  readonly leaseSeconds: number;
}

/** Takes due messages under a lease, less those that a later state has overtaken meanwhile: these are revoked. */
export async function takeMessages(tx: Tx, { channel, limit, leaseSeconds }: Portion): Promise<Message[]> {
  const rows = await takeDue<Row>(tx, 'messages', limit, leaseSeconds, { column: 'channel', value: channel });
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

/** Those of these messages whose readers have got a calendar file of the same lesson before: only another one changes what that brought. */
export async function filedBefore(tx: Tx, messages: readonly Message[]): Promise<Set<string>> {
  const rows = await tx.sql<{ id: string }>`
    select distinct due.id from messages as due
      join messages as before using (booking_id, recipient_id)
     where due.id = any(${messages.map(({ id }) => id)}::uuid[]) and before.channel = 'email' and before.state = 'sent'
       and before.kind in ('booking_confirmed', 'booking_rescheduled', 'lesson_link_ready')
       and before.has_file is not false`;
  return new Set(rows.map(({ id }) => id));
}

/** Notes that a message is about to be handed over: until its outcome is known, nobody knows whether it has arrived. Answers whether it is still this worker's. */
export async function markHanding(tx: Tx, { id, leaseUntil }: Message): Promise<boolean> {
  const marked = await tx.sql`
    update messages set handing_at = ${tx.now}
     where id = ${id} and state = 'working' and lease_until = ${leaseUntil}
     returning id`;
  return marked.length > 0;
}

/** Notes that a provider has taken a message, whoever else may have tried it since; answers whether that was news. */
export async function markSent(tx: Tx, { id }: Message, handed: Handed): Promise<boolean> {
  const { response, hasFile = false, providerId = null, isDelivered = false } = handed;
  const marked = await tx.prepared`
    update messages set state = ${isDelivered ? 'delivered' : 'sent'}, sent_at = ${tx.now}, provider_response = ${response},
                        has_file = ${hasFile}, provider_id = ${providerId}, lease_until = null, handing_at = null,
                        delivered_at = ${isDelivered ? tx.now : null}::timestamptz
     where id = ${id} and state not in ('sent', 'delivered')
     returning id`;
  return marked.length > 0;
}

/** Notes by one statement that a provider has taken a message, where nothing else follows from it. */
export async function strikeSent(stroke: Stroke, { id }: Message, handed: Handed): Promise<void> {
  const { response, hasFile = false, providerId = null } = handed;
  await stroke.sql`
    update messages set state = 'sent', sent_at = ${NOW}, provider_response = ${response}, has_file = ${hasFile},
                        provider_id = ${providerId}, lease_until = null, handing_at = null
     where id = ${id} and state not in ('sent', 'delivered')`;
}

/** What is remembered of a message that a provider took. */
export interface Handed {
  /** The provider's own words. */
  readonly response: string;
  readonly providerId?: string;
  /** Whether a calendar file went with it. */
  readonly hasFile?: boolean;
  readonly isDelivered?: boolean;
}

/** How a message ends that is not sent. */
export interface Ending {
  readonly state: 'failed' | 'dead' | 'unknown' | 'skipped' | 'revoked';
  readonly reason: string;
}

/** Ends a message without sending it; one whose lease another worker has by now stays as it is. Answers whether it has ended. */
export async function endMessage(tx: Tx, { id, leaseUntil }: Message, { state, reason }: Ending): Promise<boolean> {
  const ended = await tx.sql`
    update messages set state = ${state}, last_error = ${reason}, lease_until = null
     where id = ${id} and state = 'working' and lease_until = ${leaseUntil}
     returning id`;
  return ended.length > 0;
}

/** When a message is tried again, and why it was not sent just now. */
export interface Delay {
  readonly seconds: number;
  readonly reason: string;
  /** Whether the try counts; one that could not even begin does not. */
  readonly counts: boolean;
  /** Whether the provider surely has not taken it, in this try or an earlier one. */
  readonly isSettled?: boolean;
}

/** Gives a message back to be tried later; one whose lease another worker has by now stays as it is. */
export async function postpone(tx: Tx, { id, leaseUntil }: Message, delay: Delay): Promise<void> {
  const { seconds, reason, counts, isSettled = false } = delay;
  await tx.sql`
    update messages set state = 'planned', handing_at = case when ${isSettled} then null else handing_at end, last_error = ${reason}, lease_until = null,
                        next_attempt_at = ${tx.now}::timestamptz + make_interval(secs => ${seconds}),
                        attempts = attempts - ${counts ? 0 : 1}::int
     where id = ${id} and state = 'working' and lease_until = ${leaseUntil}`;
}

const messageOf = (row: Row): Message => ({
  id: row.id,
  recipientId: row.recipient_id,
  channel: row.channel,
  messageId: row.message_id,
  // The kind and the event were written together: one decides the other's shape.
  news: { kind: row.kind, event: row.event } as News,
  attempts: row.attempts,
  leaseUntil: row.lease_until,
  createdAt: row.created_at,
  // What the version before has written is due at once.
  dueAt: row.due_at ?? row.created_at,
  handingAt: row.handing_at,
  traceparent: row.traceparent,
});

/** What of a channel is due and not sent. */
export interface Due {
  readonly channel: Channel;
  /** Counted to ten thousand. */
  readonly waiting: number;
  readonly oldestAgeSeconds: number;
}

/** What is due on each channel; one on which nothing is left out. */
export async function dueMessages(tx: Tx): Promise<Map<Channel, Due>> {
  const rows = await tx.sql<Due>`
    select way.channel, count(*)::int as waiting,
           extract(epoch from ${tx.now}::timestamptz - min(next_attempt_at))::float8 as "oldestAgeSeconds"
      from unnest(${CHANNELS}::text[]) as way (channel),
           lateral (select next_attempt_at from messages
                     where messages.channel = way.channel and next_attempt_at <= ${tx.now}
                       and state in ('planned', 'working')
                     order by next_attempt_at limit 10000) as due
     group by way.channel`;
  return new Map(rows.map((row) => [row.channel, row]));
}
