import type { BookingCanceled, BookingConfirmed, BookingRescheduled, LessonLinkReady } from '@scheduling/contracts';
import { invitation } from '@scheduling/invitations';
import { htmlOf, textOf } from '../templates/layout.ts';
import type { Letter } from '../templates/letter.ts';
import type { Message, News } from '../messages/message.ts';
import type { Parties } from '../messages/parties.ts';
import { linkOf, nameOf, oneLine } from '../messages/wording.ts';

/** A mail as it is handed to a server. */
export interface Mail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** What changes the reader's calendar; none where nothing about the lesson has changed. */
  readonly invitation?: { readonly method: 'REQUEST' | 'CANCEL'; readonly content: string };
}

/** What a mail is made of. */
export interface Written {
  readonly message: Pick<Message, 'news' | 'createdAt'>;
  readonly parties: Parties;
  readonly letter: Letter;
}

/** Sets a letter as a mail; each try of it comes out the same. */
export function mailOf({ message: { news, createdAt }, parties, letter }: Written): Mail {
  const mail = { subject: letter.subject, text: textOf(letter), html: htmlOf(letter) };
  const change = parties.byFile ? changeOf(news) : null;
  if (!change) return mail;
  return { ...mail, invitation: { method: change.method, content: calendarFile(change, letter, parties, createdAt) } };
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
