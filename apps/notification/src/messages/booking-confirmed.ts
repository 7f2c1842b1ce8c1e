import type { BookingConfirmed } from '@scheduling/contracts';
import type { Recipient } from '../recipients/recipients.store.ts';
import type { Letter } from './layout.ts';
import {
  amountFor,
  footerOf,
  greetingFor,
  languageOf,
  lengthOf,
  lessonWith,
  linkOf,
  nameOf,
  timeFor,
} from './wording.ts';

/** Tells a student or a tutor that a lesson is booked; `other` is the other person's name, empty while nobody knows it, and `byFile` whether a file puts it into the calendar. */
export function bookingConfirmed(event: BookingConfirmed, reader: Recipient, other: string, byFile: boolean): Letter {
  const isTutor = reader.id === event.tutor_id;
  const [start, name, link] = [timeFor(event.start_at, reader), nameOf(other), linkOf(event.join_link)];
  const lesson = lessonWith(name);
  const placed = byFile
    ? 'The attached invitation puts it into your calendar.'
    : 'Your connected calendar will show it.';
  const paid = !isTutor && event.payment_method === 'credit' ? ', paid with credits' : '';
  return {
    language: languageOf(reader),
    subject: isTutor ? `New ${lesson}: ${start}` : `Your ${lesson} is booked: ${start}`,
    greeting: greetingFor(reader),
    headline: isTutor ? 'You have a new lesson' : 'Your lesson is booked',
    lead: isTutor
      ? `${name || 'A student'} has booked a lesson with you. ${placed}`
      : `Your ${lesson} is booked. ${placed}`,
    facts: [
      ['When', start],
      ['Length', lengthOf(event)],
      ...(name ? ([[isTutor ? 'Student' : 'Tutor', name]] as const) : []),
      ['Price', `${amountFor(event.price_cents, event.currency, reader)}${paid}`],
    ],
    ...(link && { action: { label: 'Join the lesson', link } }),
    footer: footerOf(event.booking_id),
  };
}
