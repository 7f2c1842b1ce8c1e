import type { BookingRescheduled } from '@scheduling/contracts';
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
  oneLine,
  timeFor,
} from './wording.ts';

/** Tells a student or a tutor when a lesson takes place now; `other` is the other person's name, empty while nobody knows it, and `byFile` whether a file moves it in the calendar. */
export function bookingRescheduled(
  event: BookingRescheduled,
  reader: Recipient,
  other: string,
  byFile: boolean,
): Letter {
  const isTutor = reader.id === event.tutor_id;
  const [start, name, link] = [timeFor(event.start_at, reader), nameOf(other), linkOf(event.join_link)];
  const quote = event.rescheduled_by === reader.id ? '' : oneLine(event.reason ?? '');
  const isFree = !isTutor && event.rescheduled_by === event.tutor_id;
  return {
    language: languageOf(reader),
    subject: `Moved: ${name ? lessonWith(name) : 'your lesson'}, now ${start}`,
    greeting: greetingFor(reader),
    headline: 'The lesson has a new time',
    lead: [
      whoMoved(event, reader, name),
      byFile ? 'The attached invitation moves it in your calendar.' : 'Your connected calendar will show it there.',
      ...(isFree ? ['If the new time does not suit you, you can cancel free of charge until it starts.'] : []),
    ].join(' '),
    ...(quote && { quote }),
    facts: [
      ['When', start],
      ['Was', timeFor(event.previous_start_at, reader)],
      ['Length', lengthOf(event)],
      ...(name ? ([[isTutor ? 'Student' : 'Tutor', name]] as const) : []),
      ['Price', amountFor(event.price_cents, event.currency, reader)],
    ],
    ...(link && { action: { label: 'Join the lesson', link } }),
    footer: footerOf(event.booking_id),
  };
}

function whoMoved(event: BookingRescheduled, reader: Recipient, other: string): string {
  if (event.rescheduled_by === reader.id) return `You have moved your ${lessonWith(other)}.`;
  if (event.rescheduled_by === event.student_id) return `${other || 'Your student'} has moved your lesson.`;
  if (event.rescheduled_by === event.tutor_id) return `${other || 'Your tutor'} has moved your lesson.`;
  return `Your ${lessonWith(other)} has been moved.`;
}
