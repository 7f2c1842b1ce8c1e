import type {
  BookingCanceled,
  BookingConfirmed,
  BookingRefunded,
  BookingRescheduled,
  CalendarSyncFailed,
  LessonConflicted,
  LessonLinkReady,
  PaymentFailed,
  ProposalAnswered,
  ProposalMade,
  WaitlistOffered,
} from '@scheduling/contracts';
import type { BookingId, HoldId, PersonId, ProposalId } from '@scheduling/domain';

/** What there is to say: a kind of message and the fact that it is made of. */
export type News =
  | { readonly kind: 'booking_confirmed'; readonly event: BookingConfirmed }
  | { readonly kind: 'booking_canceled'; readonly event: BookingCanceled }
  | { readonly kind: 'booking_rescheduled'; readonly event: BookingRescheduled }
  | { readonly kind: 'booking_refunded'; readonly event: BookingRefunded }
  | { readonly kind: 'payment_failed'; readonly event: PaymentFailed }
  | { readonly kind: 'lesson_conflicted'; readonly event: LessonConflicted }
  | { readonly kind: 'waitlist_offered'; readonly event: WaitlistOffered }
  | { readonly kind: 'lesson_link_ready'; readonly event: LessonLinkReady }
  | { readonly kind: 'proposal_made'; readonly event: ProposalMade }
  | { readonly kind: 'proposal_answered'; readonly event: ProposalAnswered }
  | { readonly kind: 'calendar_reconnect'; readonly event: CalendarSyncFailed };

/** One state of a booking, or of somebody's connection to their calendar. */
export interface BookingVersion {
  readonly bookingId: BookingId | HoldId | PersonId;
  readonly version: number;
}

/** What news are about; an offer is of the booking that may come of it, before its first version. */
export function aboutOf({ kind, event }: News): BookingVersion {
  if (kind === 'waitlist_offered') return { bookingId: event.hold_id, version: 0 };
  if (kind === 'calendar_reconnect') return { bookingId: event.user_id, version: event.version };
  return { bookingId: event.booking_id, version: event.version };
}

/** Which of the proposals about one version of a booking news are about; null for all other news. */
export const proposalOf = ({ kind, event }: News): ProposalId | null =>
  kind === 'proposal_made' || kind === 'proposal_answered' ? event.proposal_id : null;

/** The student and the tutor that news are about; nobody else has part in somebody's calendar. */
export const peopleOf = ({ kind, event }: News): readonly PersonId[] =>
  kind === 'calendar_reconnect' ? [event.user_id] : [event.student_id, event.tutor_id];

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
  const about = [bookingId, version, ...(proposalOf(news) === null ? [] : [proposalOf(news)])].join('.');
  return `<${news.kind}.${about}.${recipientId}@${domain}>`;
}
