import type { WaitlistOffered } from '@scheduling/contracts';
import type { Recipient } from '../recipients/recipients.store.ts';
import type { Letter } from './layout.ts';
import { greetingFor, languageOf, lengthOf, lessonWith, minutesBetween, nameOf, timeFor } from './wording.ts';

/** Tells a student who waited that a seat is kept for them, and how long from `saidAt`; `other` is the tutor's name, empty while nobody knows it. */
export function waitlistOffered(event: WaitlistOffered, reader: Recipient, other: string, saidAt: Date): Letter {
  const [start, until, name] = [timeFor(event.start_at, reader), timeFor(event.expires_at, reader), nameOf(other)];
  const minutes = minutesBetween(saidAt.toISOString(), event.expires_at);
  const span = minutes === 1 ? '1 minute' : `${minutes} minutes`;
  return {
    language: languageOf(reader),
    subject: `A seat is yours for ${span}: ${lessonWith(name)}, ${start}`,
    greeting: greetingFor(reader),
    headline: 'A seat has come free',
    lead: `The ${lessonWith(name)} that you waited for has a free seat. It is kept for you alone for ${span}: book it before then, or it goes to the next in line.`,
    facts: [
      ['When', start],
      ['Length', lengthOf(event)],
      ...(name ? ([['Tutor', name]] as const) : []),
      ['Yours until', until],
    ],
    footer: `Times are in your own time zone. Waitlist ${event.waitlist_id}.`,
  };
}
