import type {
  BookingCanceled,
  BookingConfirmed,
  BookingRefunded,
  BookingRescheduled,
  LessonConflicted,
  PaymentFailed,
  WaitlistOffered,
} from '@scheduling/contracts';
import type { BookingId, HoldId, PersonId } from '@scheduling/domain';

/** What there is to say: a kind of message and the fact that it is made of. */
export type News =
  | { readonly kind: 'booking_confirmed'; readonly event: BookingConfirmed }
  | { readonly kind: 'booking_canceled'; readonly event: BookingCanceled }
  | { readonly kind: 'booking_rescheduled'; readonly event: BookingRescheduled }
  | { readonly kind: 'booking_refunded'; readonly event: BookingRefunded }
  | { readonly kind: 'payment_failed'; readonly event: PaymentFailed }
  | { readonly kind: 'lesson_conflicted'; readonly event: LessonConflicted }
  | { readonly kind: 'waitlist_offered'; readonly event: WaitlistOffered };

/** One state of a booking. */
export interface BookingVersion {
  readonly bookingId: BookingId | HoldId;
  readonly version: number;
}

/** What news are about; an offer is of the booking that may come of it, before its first version. */
export const aboutOf = ({ kind, event }: News): BookingVersion =>
  kind === 'waitlist_offered'
    ? { bookingId: event.hold_id, version: 0 }
    : { bookingId: event.booking_id, version: event.version };

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
export function messageIdOf(news: News, recipientId: PersonId, domain: string): string {
  const { bookingId, version } = aboutOf(news);
  return `<${news.kind}.${bookingId}.${version}.${recipientId}@${domain}>`;
}
