import { Count, Instant, ListOf, Maybe, Nullable, OneOf, OpenWord, Text, Uuid } from '@scheduling/contracts';
import type { PersonId } from '@scheduling/domain';
import { Type } from 'class-transformer';
import { type Channel, CHANNELS } from '../messages/kinds.ts';
import type { Entry } from './ledger.store.ts';

/** Where a message can stand. */
const STATES = ['planned', 'sending', 'sent', 'delivered', 'failed', 'dead', 'unknown', 'revoked', 'skipped'] as const;

export class ListLedger {
  /** What the messages are about: a booking; what is about a person as a whole carries their id. */
  @Maybe() @Uuid() readonly booking_id?: string;
  /** Whom they are for. */
  @Maybe() @Uuid() readonly recipient_id?: PersonId;
  /** Where they stand. */
  @Maybe() @OneOf(STATES) readonly state?: (typeof STATES)[number];
  /** On which way they go. */
  @Maybe() @OneOf(CHANNELS) readonly channel?: Channel;
  /** At most so many. */
  @Maybe() @Type(() => Number) @Count(1, 100) readonly limit: number = 50;
  /** Where the page before ended: its `next_cursor`. */
  @Maybe() @Uuid() readonly cursor?: string;
}

export class EntryView {
  /** The message's id here. */
  @Uuid() readonly message_id!: string;
  /** What it is called wherever it goes: a mail's Message-ID; each try carries the same. */
  @Text(1, 500) readonly name!: string;
  /** The booking that it is about; what is about a person as a whole carries their id. */
  @Uuid() readonly booking_id!: string;
  /** The booking's version, or the number of the occasion. */
  @Count(0, Number.MAX_SAFE_INTEGER) readonly booking_version!: number;
  /** Whom it is for. */
  @Uuid() readonly recipient_id!: PersonId;
  /** On which way it goes. */
  @OpenWord() readonly channel!: string;
  /** What it says, such as `booking_confirmed`. */
  @OpenWord() readonly kind!: string;
  /** Where it stands. */
  @OneOf(STATES) readonly state!: string;
  /** How often it was tried. */
  @Count(0, Number.MAX_SAFE_INTEGER) readonly attempts!: number;
  /** When it is due; of what has ended, when it was. */
  @Instant() readonly next_attempt_at!: string;
  /** What the provider calls it; null without such a name. */
  @Nullable() @Text(1, 500) readonly provider_id!: string | null;
  /** What the provider answered; null while it has taken nothing. */
  @Nullable() @Text(1, 1000) readonly provider_response!: string | null;
  /** Why it was not sent, the last time that it was not. */
  @Nullable() @Text(1, 1000) readonly last_error!: string | null;
  /** When it was written down. */
  @Instant() readonly created_at!: string;
  /** When its provider took it. */
  @Nullable() @Instant() readonly sent_at!: string | null;
  /** When it is known to have arrived. */
  @Nullable() @Instant() readonly delivered_at!: string | null;

  /** Shows an operator a message, without what it says. */
  static of(entry: Entry): EntryView {
    return {
      message_id: entry.id,
      name: entry.messageId,
      booking_id: entry.bookingId,
      booking_version: Number(entry.bookingVersion),
      recipient_id: entry.recipientId,
      channel: entry.channel,
      kind: entry.kind,
      state: entry.state,
      attempts: entry.attempts,
      next_attempt_at: entry.nextAttemptAt.toISOString(),
      provider_id: entry.providerId,
      provider_response: entry.providerResponse,
      last_error: entry.lastError,
      created_at: entry.createdAt.toISOString(),
      sent_at: entry.sentAt?.toISOString() ?? null,
      delivered_at: entry.deliveredAt?.toISOString() ?? null,
    };
  }
}

export class LedgerPage {
  /** The newest first. */
  @ListOf(() => EntryView, 100) readonly items!: EntryView[];
  /** What to ask the next page with; null on the last one. */
  @Nullable() @Uuid() readonly next_cursor!: string | null;

  /** Shows a page of the ledger; one more row than the limit tells that there is another page. */
  static of(found: readonly Entry[], limit: number): LedgerPage {
    const items = found.slice(0, limit).map(EntryView.of);
    return { items, next_cursor: found.length > limit ? items.at(-1)!.message_id : null };
  }
}
