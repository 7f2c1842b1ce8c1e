import type { PersonId } from '@scheduling/domain';
import type { Tx } from '@scheduling/persistence';
import type { News } from '../messages/message.ts';
import type { Standing, TextOutcome, TextStatus } from './statuses.policy.ts';

/** A message that goes by text, as it stands in the ledger. */
export interface TextMessage extends Standing {
  readonly id: string;
  readonly recipientId: PersonId;
  readonly channel: 'sms';
  readonly news: News;
}

interface Row extends Omit<TextMessage, 'news'> {
  readonly kind: News['kind'];
  readonly event: News['event'];
}

/** A message that goes by text, locked; undefined if there is none. */
export async function lockText(tx: Tx, id: string): Promise<TextMessage | undefined> {
  const [row] = await tx.sql<Row>`
    select id, recipient_id as "recipientId", channel, kind, event, state, provider_id as "providerId", handing_at as "handingAt"
      from messages where id = ${id} and channel = 'sms' for update`;
  // The kind and the event were written together: one decides the other's shape.
  return row && { ...row, news: { kind: row.kind, event: row.event } as News };
}

/** Writes into the ledger what has become of a message's text. */
export async function writeOutcome(tx: Tx, id: string, { sid, outcome, errorCode }: TextStatus): Promise<void> {
  await tx.sql`
    update messages set state = ${outcome}, provider_id = ${sid}, sent_at = coalesce(sent_at, ${tx.now}), lease_until = null,
                        handing_at = null, delivered_at = ${outcome === 'delivered' ? tx.now : null}::timestamptz,
                        last_error = case when ${outcome === 'failed'} then ${`Twilio ${errorCode ?? 'gave no reason'}`} else last_error end
     where id = ${id}`;
}

/** Keeps word of a text for whoever is just handing its message over; the first final word stays. */
export async function keepStatus(tx: Tx, messageId: string, { sid, outcome, errorCode }: TextStatus): Promise<void> {
  await tx.sql`
    insert into sms_statuses as known (sid, message_id, outcome, error_code, heard_at)
    values (${sid}, ${messageId}, ${outcome}, ${errorCode}, ${tx.now})
    on conflict (sid) do update set outcome = excluded.outcome, error_code = excluded.error_code
      where known.outcome = 'sent' and excluded.outcome <> 'sent'`;
}

interface Kept {
  readonly sid: string;
  readonly outcome: TextOutcome;
  readonly errorCode: number | null;
}

/** Word of a message's text that came after it was handed over; undefined if none has. */
export async function findStatus(tx: Tx, messageId: string, since: Date): Promise<TextStatus | undefined> {
  const [kept] = await tx.sql<Kept>`
    select sid, outcome, error_code as "errorCode" from sms_statuses
     where message_id = ${messageId} and heard_at >= ${since} order by heard_at desc limit 1`;
  return kept;
}

/** Takes what was kept of a message's texts. */
export async function takeStatuses(tx: Tx, messageId: string): Promise<TextStatus[]> {
  return tx.sql<Kept>`
    delete from sms_statuses where message_id = ${messageId} returning sid, outcome, error_code as "errorCode"`;
}
