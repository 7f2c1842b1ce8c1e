import { BookingConfirmed, metaOf } from '@scheduling/contracts';
import { mailOf } from '../src/email/mail.ts';
import { letterOf } from '../src/messages/letter.ts';
import type { News } from '../src/messages/message.ts';
import type { Recipient } from '../src/recipients/recipients.store.ts';

/** The booking that every letter of these tests is about. */
export const confirmed = BookingConfirmed.of<BookingConfirmed>(
  metaOf(BookingConfirmed).examples[0] as BookingConfirmed,
);

const from = { name: 'Lessons', address: 'lessons@example.org', domain: 'example.org' };

/** The student, in New York. */
export const sam: Recipient = {
  id: confirmed.student_id,
  email: 'sam@example.org',
  phone: null,
  name: 'Sam',
  timezone: 'America/New_York',
  locale: 'en-US',
  isCalendarConnected: false,
  hasDevice: false,
  hasStopped: false,
  isErased: false,
};
/** The tutor, in Kyiv. */
export const olena: Recipient = {
  id: confirmed.tutor_id,
  email: 'olena@example.org',
  phone: null,
  name: 'Olena',
  timezone: 'Europe/Kyiv',
  locale: 'en',
  isCalendarConnected: false,
  hasDevice: false,
  hasStopped: false,
  isErased: false,
};

/** The mail that somebody gets, planned at ten o'clock UTC on 22 November 2026. */
export function write(news: News, reader: Recipient, other: string) {
  const message = { news, createdAt: new Date('2026-11-22T10:00:00Z') };
  const parties = { reader, other, from, byFile: !reader.isCalendarConnected };
  return mailOf({ message, parties, letter: letterOf(news, parties, message.createdAt) });
}
/** A calendar file with whole lines. */
export const unfolded = (ics: string) => ics.replaceAll('\r\n ', '');
