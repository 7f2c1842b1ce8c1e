import type { BookingCanceled, BookingConfirmed, BookingRescheduled, LessonLinkReady } from '@scheduling/contracts';
import { invitation } from '@scheduling/invitations';
import type { Mailbox } from '../mailbox.ts';
import type { Recipient } from '../recipients/recipients.store.ts';
import { bookingCanceled } from './booking-canceled.ts';
import { bookingConfirmed } from './booking-confirmed.ts';
import { bookingRefunded } from './booking-refunded.ts';
import { bookingRescheduled } from './booking-rescheduled.ts';
import { calendarReconnect } from './calendar-reconnect.ts';
import { lessonConflicted } from './lesson-conflicted.ts';
import { lessonLinkReady } from './lesson-link-ready.ts';
import { htmlOf, type Letter, textOf } from './layout.ts';
import type { Message, News } from './message.ts';
import { paymentFailed } from './payment-failed.ts';
import { proposalAnswered } from './proposal-answered.ts';
import { proposalMade } from './proposal-made.ts';
import { waitlistOffered } from './waitlist-offered.ts';
import { linkOf, nameOf, oneLine } from './wording.ts';

/** A mail as it is handed to a server. */
export interface Mail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** What changes the reader's calendar; none where nothing about the lesson has changed. */
  readonly invitation?: { readonly method: 'REQUEST' | 'CANCEL'; readonly content: string };
}

/** Who reads a mail and how their calendar follows, whom the lesson is with (empty while nobody knows), and who calls to it. */
export interface Parties {
  readonly reader: Recipient;
  readonly other: string;
  readonly from: Mailbox;
  /** Whether a file changes the reader's calendar; else it follows by itself. */
  readonly byFile: boolean;
}

/** Writes the mail of a message; each try of it comes out the same. */
export function mailOf({ news, createdAt }: Pick<Message, 'news' | 'createdAt'>, parties: Parties): Mail {
  const letter = letterOf(news, parties, createdAt);
  const mail = { subject: letter.subject, text: textOf(letter), html: htmlOf(letter) };
  const change = parties.byFile ? changeOf(news) : null;
  if (!change) return mail;
  return { ...mail, invitation: { method: change.method, content: calendarFile(change, letter, parties, createdAt) } };
}

function letterOf({ kind, event }: News, { reader, other, byFile }: Parties, saidAt: Date): Letter {
  if (kind === 'booking_confirmed') return bookingConfirmed(event, reader, other, byFile);
  if (kind === 'booking_canceled') return bookingCanceled(event, reader, other, byFile);
  if (kind === 'booking_rescheduled') return bookingRescheduled(event, reader, other, byFile);
  if (kind === 'booking_refunded') return bookingRefunded(event, reader, other);
  if (kind === 'payment_failed') return paymentFailed(event, reader, other);
  if (kind === 'waitlist_offered') return waitlistOffered(event, reader, other, saidAt);
  if (kind === 'lesson_link_ready') return lessonLinkReady(event, reader, other);
  if (kind === 'proposal_made') return proposalMade(event, reader, other);
  if (kind === 'proposal_answered') return proposalAnswered(event, reader, other);
  if (kind === 'calendar_reconnect') return calendarReconnect(event, reader);
  return lessonConflicted(event, reader, other);
}

/** What happens to a lesson in the reader's calendar. */
interface CalendarChange {
  readonly method: 'REQUEST' | 'CANCEL';
  readonly event: BookingConfirmed | BookingRescheduled | LessonLinkReady | BookingCanceled;
}

function changeOf({ kind, event }: News): CalendarChange | null {
  if (kind === 'booking_confirmed' || kind === 'booking_rescheduled' || kind === 'lesson_link_ready')
    return { method: 'REQUEST', event };
  // What was never paid for was never in a calendar.
  return kind === 'booking_canceled' && event.cause !== 'payment_failed' ? { method: 'CANCEL', event } : null;
}

/** The booking's version orders what a calendar gets: an older change that comes late does nothing. */
function calendarFile({ method, event }: CalendarChange, letter: Letter, parties: Parties, stampedAt: Date): string {
  const { reader, other, from } = parties;
  const link = linkOf(event.join_link);
  return invitation({
    bookingId: event.booking_id,
    version: event.version,
    method,
    startAt: new Date(event.start_at),
    endAt: new Date(event.end_at),
    summary: nameOf(other) ? `Lesson with ${nameOf(other)}` : 'Lesson',
    description: letter.action ? `${letter.action.label}: ${letter.action.link}` : letter.headline,
    ...(link && { joinLink: link }),
    organizer: { name: from.name, email: from.address },
    attendee: { name: oneLine(reader.name), email: reader.email ?? '' },
    stampedAt,
  });
}
