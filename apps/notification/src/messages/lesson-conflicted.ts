import type { LessonConflicted } from '@scheduling/contracts';
import type { Recipient } from '../recipients/recipients.store.ts';
import type { Letter } from './layout.ts';
import type { News } from './message.ts';
import { languageOf, lengthOf, nameOf, startFor } from './wording.ts';

/** Tells a tutor that a lesson stays booked where they no longer offer time; `other` is the student's name, empty while nobody knows it. */
export function lessonConflicted(event: LessonConflicted, reader: Recipient, other: string): Letter {
  const news: News = { kind: 'lesson_conflicted', event };
  const [start, name] = [startFor(news, reader), nameOf(other)];
  const lesson = name ? `lesson with ${name}` : 'lesson';
  return {
    language: languageOf(reader),
    subject: `Still booked: ${lesson}, ${start}`,
    greeting: nameOf(reader.name) ? `Hello ${nameOf(reader.name)},` : 'Hello,',
    headline: 'A lesson is in the way of your plans',
    lead: `You no longer offer this time, but a ${lesson} is booked there, and it stays. Teach it, or cancel it: the student then gets everything back.`,
    facts: [['When', start], ['Length', lengthOf(news)], ...(name ? ([['Student', name]] as const) : [])],
    footer: `Times are in your own time zone. Booking ${event.booking_id}.`,
  };
}
