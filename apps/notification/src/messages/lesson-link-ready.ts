import type { LessonLinkReady } from '@scheduling/contracts';
import type { Recipient } from '../recipients/recipients.store.ts';
import type { Letter } from './layout.ts';
import { footerOf, greetingFor, languageOf, lengthOf, lessonWith, linkOf, nameOf, timeFor } from './wording.ts';

/** Tells a student or a tutor where a lesson takes place now; `other` is the other person's name, empty while nobody knows it. */
export function lessonLinkReady(event: LessonLinkReady, reader: Recipient, other: string): Letter {
  const isTutor = reader.id === event.tutor_id;
  const [start, name, link] = [timeFor(event.start_at, reader), nameOf(other), linkOf(event.join_link)];
  return {
    language: languageOf(reader),
    subject: `New link: ${name ? lessonWith(name) : 'your lesson'}, ${start}`,
    greeting: greetingFor(reader),
    headline: 'Your lesson has a new link',
    lead: `Your ${lessonWith(name)} takes place behind another link than before; its time stays. The attached invitation brings the link into your calendar.`,
    facts: [
      ['When', start],
      ['Length', lengthOf(event)],
      ...(name ? ([[isTutor ? 'Student' : 'Tutor', name]] as const) : []),
    ],
    ...(link && { action: { label: 'Join the lesson', link } }),
    footer: footerOf(event.booking_id),
  };
}
