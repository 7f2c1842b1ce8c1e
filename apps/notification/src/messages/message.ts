import type { BookingCanceled, BookingConfirmed, LessonConflicted } from '@scheduling/contracts';
import type { PersonId } from '@scheduling/domain';

/** What there is to say: a kind of message and the fact that it is made of. */
export type News =
  | { readonly kind: 'booking_confirmed'; readonly event: BookingConfirmed }
  | { readonly kind: 'booking_canceled'; readonly event: BookingCanceled }
  | { readonly kind: 'lesson_conflicted'; readonly event: LessonConflicted };

/** A message that a worker has taken and may work on until its lease ends. */
export interface Message {
  readonly id: string;
  readonly recipientId: PersonId;
  readonly messageId: string;
  readonly news: News;
  /** How often it has been tried, this time included. */
  readonly attempts: number;
  readonly leaseUntil: Date;
  readonly createdAt: Date;
}

/** The Message-ID of one message (RFC 5322 §3.6.4): the ledger's unique key, so that each try carries the same. */
export function messageIdOf({ kind, event }: News, recipientId: PersonId, domain: string): string {
  return `<${kind}.${event.booking_id}.${event.version}.${recipientId}@${domain}>`;
}
