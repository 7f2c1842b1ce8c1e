import { invitation } from '@scheduling/invitations';
import type { Mailbox } from '../mailbox.ts';
import type { Recipient } from '../recipients/recipients.store.ts';
import { bookingCanceled } from './booking-canceled.ts';
import { bookingConfirmed } from './booking-confirmed.ts';
import { lessonConflicted } from './lesson-conflicted.ts';
import { htmlOf, type Letter, textOf } from './layout.ts';
import type { Message, News } from './message.ts';
import { linkOf, nameOf, oneLine } from './wording.ts';

/** A mail as it is handed to a server. */
export interface Mail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** What changes the reader's calendar; none where nothing about the lesson has changed. */
  readonly invitation?: { readonly method: 'REQUEST' | 'CANCEL'; readonly content: string };
}

/** Who reads a mail, whom the lesson is with (empty while nobody knows), and who calls to it. */
export interface Parties {
  readonly reader: Recipient;
  readonly other: string;
  readonly from: Mailbox;
}

/** Writes the mail of a message; each try of it comes out the same. */
export function mailOf(
  { news, createdAt }: Pick<Message, 'news' | 'createdAt'>,
  { reader, other, from }: Parties,
): Mail {
  const letter = letterOf(news, reader, other);
  const mail = { subject: letter.subject, text: textOf(letter), html: htmlOf(letter) };
  if (news.kind === 'lesson_conflicted') return mail;
  const { event } = news;
  const method = news.kind === 'booking_confirmed' ? 'REQUEST' : 'CANCEL';
  const link = linkOf(event.join_link);
  const content = invitation({
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
    stampedAt: createdAt,
  });
  return { ...mail, invitation: { method, content } };
}

function letterOf(news: News, reader: Recipient, other: string): Letter {
  if (news.kind === 'booking_confirmed') return bookingConfirmed(news.event, reader, other);
  if (news.kind === 'booking_canceled') return bookingCanceled(news.event, reader, other);
  return lessonConflicted(news.event, reader, other);
}
