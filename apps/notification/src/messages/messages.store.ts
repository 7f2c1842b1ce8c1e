import type { BookingId, PersonId } from '@scheduling/domain';
import type { Tx } from '@scheduling/persistence';
import type { News } from './message.ts';

/** A message as it enters the ledger. */
export interface NewMessage {
  readonly news: News;
  readonly recipientId: PersonId;
  readonly messageId: string;
  /** Why it is not to be sent; null when it is. */
  readonly skipped: string | null;
}

/** Writes a message down, once; news that come after the cancellation of what they tell are revoked at once. */
export async function insertMessage(tx: Tx, { news, recipientId, messageId, skipped }: NewMessage): Promise<void> {
  const { kind, event } = news;
  await tx.sql`
    insert into messages (booking_id, booking_version, recipient_id, channel, kind, event, state, next_attempt_at,
                          message_id, last_error, created_at)
    select ${event.booking_id}, ${event.version}::bigint, ${recipientId}, 'email', ${kind}, ${event}, case
             when ${skipped}::text is not null then 'skipped'
             when exists (select from messages
                           where booking_id = ${event.booking_id} and booking_version > ${event.version}
                             and kind = 'booking_canceled') then 'revoked'
             else 'planned' end,
           ${tx.now}, ${messageId}, ${skipped}, ${tx.now}
    on conflict do nothing`;
}

/** Takes back what is still to be said about earlier versions of a booking. */
export async function revokeOlder(tx: Tx, bookingId: BookingId, version: number): Promise<void> {
  await tx.sql`
    update messages set state = 'revoked'
     where booking_id = ${bookingId} and booking_version < ${version} and state = 'planned'`;
}
