import type {
  BookingCanceled,
  BookingCompleted,
  BookingConfirmed,
  BookingNoShow,
  BookingPendingPayment,
  BookingRefunded,
  BookingRescheduled,
  CalendarSyncFailed,
  LessonConflicted,
  LessonLinkReady,
  PaymentFailed,
  ProposalAnswered,
  ProposalMade,
  SeriesBooked,
  SeriesDatesSkipped,
  SlotHeld,
  WaitlistOffered,
} from '@scheduling/contracts';
import type { BookingId, HoldId, PersonId, ProposalId, SeriesId } from '@scheduling/domain';
import type { Agenda } from '../agenda/agenda.ts';
import type { MorningDigest } from '../preferences/digest.ts';
import type { Channel } from './kinds.ts';

/** What there is to say: a kind of message and the fact that it is made of. */
export type News =
  | { readonly kind: 'booking_pending_payment'; readonly event: BookingPendingPayment }
  | { readonly kind: 'booking_confirmed'; readonly event: BookingConfirmed }
  | { readonly kind: 'booking_canceled'; readonly event: BookingCanceled }
  | { readonly kind: 'booking_rescheduled'; readonly event: BookingRescheduled }
  | { readonly kind: 'booking_refunded'; readonly event: BookingRefunded }
  | { readonly kind: 'booking_completed'; readonly event: BookingCompleted }
  | { readonly kind: 'booking_no_show'; readonly event: BookingNoShow }
  | { readonly kind: 'payment_failed'; readonly event: PaymentFailed }
  | { readonly kind: 'hold_expiring'; readonly event: SlotHeld }
  | { readonly kind: 'lesson_tomorrow' | 'lesson_soon'; readonly event: BookingConfirmed | BookingRescheduled }
  | { readonly kind: 'series_booked'; readonly event: SeriesBooked }
  | { readonly kind: 'series_dates_skipped'; readonly event: SeriesDatesSkipped }
  | { readonly kind: 'daily_agenda'; readonly event: Agenda }
  | { readonly kind: 'digest'; readonly event: MorningDigest }
  | { readonly kind: 'lesson_conflicted'; readonly event: LessonConflicted }
  | { readonly kind: 'waitlist_offered'; readonly event: WaitlistOffered }
  | { readonly kind: 'lesson_link_ready'; readonly event: LessonLinkReady }
  | { readonly kind: 'proposal_made'; readonly event: ProposalMade }
  | { readonly kind: 'proposal_answered'; readonly event: ProposalAnswered }
  | { readonly kind: 'calendar_reconnect'; readonly event: CalendarSyncFailed };

/** One state of a booking, or of somebody's connection to their calendar; one occasion of a series, one day of a person. */
export interface BookingVersion {
  readonly bookingId: BookingId | HoldId | PersonId | SeriesId;
  readonly version: number;
}

/** What news are about; an offer and a hold are of the booking that may come of them, before its first version. */
export function aboutOf({ kind, event }: News): BookingVersion {
  if (kind === 'waitlist_offered' || kind === 'hold_expiring') return { bookingId: event.hold_id, version: 0 };
  if (kind === 'calendar_reconnect') return { bookingId: event.user_id, version: event.version };
  if (kind === 'series_booked') return { bookingId: event.series_id, version: 0 };
  // No date is skipped twice.
  if (kind === 'series_dates_skipped') return { bookingId: event.series_id, version: event.dates[0]?.number ?? 0 };
  if (kind === 'daily_agenda' || kind === 'digest')
    return { bookingId: event.user_id, version: Number(event.day.replaceAll('-', '')) };
  return { bookingId: event.booking_id, version: event.version };
}

/** Which of the proposals about one version of a booking news are about; null for all other news. */
export const proposalOf = ({ kind, event }: News): ProposalId | null =>
  kind === 'proposal_made' || kind === 'proposal_answered' ? event.proposal_id : null;

/** The student and the tutor that news are about; nobody else has part in somebody's calendar or day. */
export const peopleOf = ({ kind, event }: News): readonly PersonId[] =>
  kind === 'calendar_reconnect' || kind === 'daily_agenda' || kind === 'digest'
    ? [event.user_id]
    : [event.student_id, event.tutor_id];

/** A message that a worker has taken and may work on until its lease ends. */
export interface Message {
  readonly id: string;
  readonly recipientId: PersonId;
  readonly channel: Channel;
  readonly messageId: string;
  readonly news: News;
  /** How often it has been tried, this time included. */
  readonly attempts: number;
  readonly leaseUntil: Date;
  readonly createdAt: Date;
  /** When it was to be sent. */
  readonly dueAt: Date;
  /** When an earlier try handed it over of which nobody knows what became; null where there is no such try. */
  readonly handingAt: Date | null;
  /** The W3C trace that it was planned in; null where nobody traced. */
  readonly traceparent: string | null;
}

/** The Message-ID of one message (RFC 5322 §3.6.4): the ledger's unique key, so that each try carries the same. */
export function messageIdOf(news: News, { recipientId, channel }: Reader, domain: string): string {
  const { bookingId, version } = aboutOf(news);
  const about = [bookingId, version, ...(proposalOf(news) === null ? [] : [proposalOf(news)])].join('.');
  const way = channel === 'email' ? '' : `.${channel}`;
  return `<${news.kind}.${about}.${recipientId}${way}@${domain}>`;
}

/** Who is told something, and on which way. */
export interface Reader {
  readonly recipientId: PersonId;
  readonly channel: Channel;
}
