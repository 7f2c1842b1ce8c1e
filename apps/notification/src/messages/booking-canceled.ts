import type { BookingCanceled } from '@scheduling/contracts';
import type { Recipient } from '../recipients/recipients.store.ts';
import type { Letter } from './layout.ts';
import { returnOf } from './refund.ts';
import { footerOf, greetingFor, languageOf, lengthOf, lessonWith, nameOf, oneLine, timeFor } from './wording.ts';

/** Tells a student or a tutor that a lesson will not take place; `other` is the other person's name, empty while nobody knows it, and `byFile` whether a file takes it out of the calendar. */
export function bookingCanceled(event: BookingCanceled, reader: Recipient, other: string, byFile: boolean): Letter {
  const isTutor = reader.id === event.tutor_id;
  const [start, name] = [timeFor(event.start_at, reader), nameOf(other)];
  const quote = byPerson(event) && event.canceled_by !== reader.id ? oneLine(event.reason ?? '') : '';
  const refund = isTutor ? null : refundOf(event, reader);
  return {
    language: languageOf(reader),
    subject: `Canceled: ${name ? lessonWith(name) : 'your lesson'}, ${start}`,
    greeting: greetingFor(reader),
    headline: 'The lesson is canceled',
    lead: `${whyOff(event, reader, name)} ${whatFollows(event, byFile)}`,
    ...(quote && { quote }),
    facts: [
      ['Was', start],
      ['Length', lengthOf(event)],
      ...(name ? ([[isTutor ? 'Student' : 'Tutor', name]] as const) : []),
      ...(refund ? ([['Refund', refund]] as const) : []),
    ],
    footer: footerOf(event.booking_id),
  };
}

const byPerson = ({ cause }: BookingCanceled): boolean => (cause ?? 'person') === 'person';

function whyOff(event: BookingCanceled, reader: Recipient, other: string): string {
  const lesson = lessonWith(other);
  if (event.cause === 'payment_failed') return `Your ${lesson} could not be paid for, and so it will not take place.`;
  if (event.cause === 'minimum_attendance') {
    return `Your ${lesson} will not take place, since too few people have booked it.`;
  }
  if (!byPerson(event)) return `Your ${lesson} has been canceled.`;
  if (event.canceled_by === reader.id) return `You have canceled your ${lesson}.`;
  if (event.canceled_by === event.student_id) return `${other || 'Your student'} has canceled your lesson.`;
  if (event.canceled_by === event.tutor_id) return `${other || 'Your tutor'} has canceled your lesson.`;
  return `Your ${lesson} has been canceled.`;
}

/** What was never paid for was never in a calendar. */
function whatFollows({ cause }: BookingCanceled, byFile: boolean): string {
  if (cause === 'payment_failed') return 'You pay nothing for it, and the time is open to others again.';
  if (!byFile) return 'It leaves your connected calendar by itself.';
  return 'The attached cancellation takes it out of your calendar.';
}

function refundOf(event: BookingCanceled, reader: Recipient): string | null {
  const { refunded_cents: cents, price_cents: price, cause } = event;
  if (cents === undefined || price === 0 || cause === 'payment_failed') return null;
  return cents === 0 ? 'None: it was too late for a refund' : returnOf({ ...event, refunded_cents: cents }, reader);
}
