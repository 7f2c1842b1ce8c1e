import type { PaymentFailed, ProposalAnswered } from '@scheduling/contracts';
import { traceparent, type Tx } from '@scheduling/persistence';
import { aboutOf, type BookingVersion, type News, proposalOf, type Reader } from './message.ts';

/** Messages as they enter the ledger: what they say, and each reader on each way. */
export interface NewMessages {
  readonly news: News;
  readonly readers: readonly NewMessage[];
  /** When they are to be sent. */
  readonly dueAt: Date;
}

/** What of a message is its reader's own. */
export interface NewMessage extends Reader {
  readonly messageId: string;
  /** Why it is not to be sent; null when it is. */
  readonly skipped: string | null;
}

/** Writes messages down, each once; news of a state that a later one has overtaken are revoked at once. */
export async function insertMessages(tx: Tx, { news, readers, dueAt }: NewMessages): Promise<void> {
  const { bookingId, version } = aboutOf(news);
  await tx.sql`
    insert into messages (booking_id, booking_version, recipient_id, channel, kind, event, state, next_attempt_at,
                          message_id, last_error, created_at, proposal_id, due_at, traceparent)
    select ${bookingId}::uuid, ${version}::bigint, recipient_id, channel, ${news.kind}, ${news.event}, case
             when skipped is not null then 'skipped'
             when exists (select from messages
                           where booking_id = ${bookingId} and booking_version > ${version}
                             and kind in ('booking_canceled', 'booking_rescheduled')) then 'revoked'
             else 'planned' end,
           ${dueAt}, message_id, skipped, ${tx.now}, ${proposalOf(news)}::uuid, ${dueAt}, ${traceparent()}
      from unnest(${readers.map(({ recipientId }) => recipientId)}::uuid[],
                  ${readers.map(({ channel }) => channel)}::text[],
                  ${readers.map(({ messageId }) => messageId)}::text[],
                  ${readers.map(({ skipped }) => skipped)}::text[]) as new (recipient_id, channel, message_id, skipped)
    on conflict do nothing`;
}

/** Whether a student has been told of a payment that failed for this reason, whichever state of the booking it was for. */
export async function isFailureTold(tx: Tx, { booking_id: bookingId, code }: PaymentFailed): Promise<boolean> {
  const told = await tx.sql`
    select from messages
     where booking_id = ${bookingId} and kind = 'payment_failed' and event ->> 'code' = ${code} limit 1`;
  return told.length > 0;
}

/** Takes back what is still to be said about earlier versions of a booking. */
export async function revokeOlder(tx: Tx, { bookingId, version }: BookingVersion): Promise<void> {
  await tx.sql`
    update messages set state = 'revoked'
     where booking_id = ${bookingId} and booking_version < ${version} and state = 'planned'`;
}

/** Takes back what is still to be said of earlier links of a lesson. */
export async function revokeLinks(tx: Tx, { bookingId, version }: BookingVersion): Promise<void> {
  await tx.sql`
    update messages set state = 'revoked'
     where booking_id = ${bookingId} and booking_version < ${version} and kind = 'lesson_link_ready' and state = 'planned'`;
}

/** Takes back the question of a proposal that needs no answer any more. */
export async function revokeProposal(
  tx: Tx,
  { booking_id: bookingId, proposal_id: proposalId }: ProposalAnswered,
): Promise<void> {
  await tx.sql`
    update messages set state = 'revoked'
     where booking_id = ${bookingId} and proposal_id = ${proposalId} and kind = 'proposal_made' and state = 'planned'`;
}
