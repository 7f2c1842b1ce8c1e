import type { BookingConfirmed } from '@scheduling/contracts';
import type { Recipient } from '../recipients/recipients.store.ts';
import type { Letter } from './layout.ts';
import type { News } from './message.ts';
import { amountFor, languageOf, lengthOf, linkOf, nameOf, startFor } from './wording.ts';

/** Tells a student or a tutor that a lesson is booked; `other` is the other person's name, empty while nobody knows it. */
export function bookingConfirmed(event: BookingConfirmed, reader: Recipient, other: string): Letter {
  const news: News = { kind: 'booking_confirmed', event };
  const isTutor = reader.id === event.tutor_id;
  const [start, name, link] = [startFor(news, reader), nameOf(other), linkOf(event.join_link)];
  const lesson = name ? `lesson with ${name}` : 'lesson';
  const paid = !isTutor && event.payment_method === 'credit' ? ', paid with credits' : '';
  return {
    language: languageOf(reader),
    subject: isTutor ? `New ${lesson}: ${start}` : `Your ${lesson} is booked: ${start}`,
    greeting: nameOf(reader.name) ? `Hello ${nameOf(reader.name)},` : 'Hello,',
    headline: isTutor ? 'You have a new lesson' : 'Your lesson is booked',
    lead: isTutor
      ? `${name || 'A student'} has booked a lesson with you. The attached invitation puts it into your calendar.`
      : `Your ${lesson} is booked. The attached invitation puts it into your calendar.`,
    facts: [
      ['When', start],
      ['Length', lengthOf(news)],
      ...(name ? ([[isTutor ? 'Student' : 'Tutor', name]] as const) : []),
      ['Price', `${amountFor(event.price_cents, event.currency, reader)}${paid}`],
    ],
    ...(link && { action: { label: 'Join the lesson', link } }),
    footer: `Times are in your own time zone. Booking ${event.booking_id}.`,
  };
}
