import type { BookingCanceled } from '@scheduling/contracts';
import type { Recipient } from '../recipients/recipients.store.ts';
import type { Letter } from './layout.ts';
import type { News } from './message.ts';
import { amountFor, languageOf, lengthOf, nameOf, oneLine, startFor } from './wording.ts';

/** Tells a student or a tutor that a lesson will not take place; `other` is the other person's name, empty while nobody knows it. */
export function bookingCanceled(event: BookingCanceled, reader: Recipient, other: string): Letter {
  const news: News = { kind: 'booking_canceled', event };
  const isTutor = reader.id === event.tutor_id;
  const [start, name] = [startFor(news, reader), nameOf(other)];
  const quote = event.canceled_by === reader.id ? '' : oneLine(event.reason ?? '');
  const refund = isTutor ? null : refundOf(event, reader);
  return {
    language: languageOf(reader),
    subject: `Canceled: ${name ? `lesson with ${name}` : 'your lesson'}, ${start}`,
    greeting: nameOf(reader.name) ? `Hello ${nameOf(reader.name)},` : 'Hello,',
    headline: 'The lesson is canceled',
    lead: `${whoCanceled(event, reader, name)} The attached cancellation takes it out of your calendar.`,
    ...(quote && { quote }),
    facts: [
      ['Was', start],
      ['Length', lengthOf(news)],
      ...(name ? ([[isTutor ? 'Student' : 'Tutor', name]] as const) : []),
      ...(refund ? ([['Refund', refund]] as const) : []),
    ],
    footer: `Times are in your own time zone. Booking ${event.booking_id}.`,
  };
}

function whoCanceled(event: BookingCanceled, reader: Recipient, other: string): string {
  const lesson = other ? `lesson with ${other}` : 'lesson';
  if (event.canceled_by === reader.id) return `You have canceled your ${lesson}.`;
  if (event.canceled_by === event.student_id) return `${other || 'Your student'} has canceled your lesson.`;
  if (event.canceled_by === event.tutor_id) return `${other || 'Your tutor'} has canceled your lesson.`;
  return `Your ${lesson} has been canceled.`;
}

function refundOf(event: BookingCanceled, reader: Recipient): string | null {
  const { refunded_cents: cents, price_cents: price, currency, payment_method: method } = event;
  if (cents === undefined || price === 0) return null;
  if (cents === 0) return 'None: it was too late for a refund';
  return `${amountFor(cents, currency, reader)}${method === 'credit' ? ', back in your credits' : ''}`;
}
