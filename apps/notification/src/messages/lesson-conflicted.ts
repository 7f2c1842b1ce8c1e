import type { LessonConflicted } from '@scheduling/contracts';
import type { Recipient } from '../recipients/recipients.store.ts';
import type { Letter } from './layout.ts';
import { footerOf, greetingFor, languageOf, lengthOf, lessonWith, nameOf, timeFor } from './wording.ts';

/** Tells a tutor that a lesson stays booked where they no longer offer time; `other` is the student's name, empty while nobody knows it. */
export function lessonConflicted(event: LessonConflicted, reader: Recipient, other: string): Letter {
  const [start, name] = [timeFor(event.start_at, reader), nameOf(other)];
  const lesson = lessonWith(name);
  return {
    language: languageOf(reader),
    subject: `Still booked: ${lesson}, ${start}`,
    greeting: greetingFor(reader),
    headline: 'A lesson is in the way of your plans',
    lead: `You no longer offer this time, but a ${lesson} is booked there, and it stays. Teach it, or cancel it: the student then gets everything back.`,
    facts: [['When', start], ['Length', lengthOf(event)], ...(name ? ([['Student', name]] as const) : [])],
    footer: footerOf(event.booking_id),
  };
}
