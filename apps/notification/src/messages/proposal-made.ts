import type { ProposalMade } from '@scheduling/contracts';
import type { Recipient } from '../recipients/recipients.store.ts';
import type { Letter } from './layout.ts';
import { footerOf, greetingFor, languageOf, lengthOf, lessonWith, nameOf, timeFor } from './wording.ts';

/** Tells a student or a tutor what the other proposes; `other` is that one's name, empty while nobody knows it. */
export function proposalMade(event: ProposalMade, reader: Recipient, other: string): Letter {
  const isTutor = reader.id === event.tutor_id;
  const [start, name] = [timeFor(event.start_at, reader), nameOf(other)];
  const moved = event.new_start_at === null ? null : timeFor(event.new_start_at, reader);
  const lesson = name ? lessonWith(name) : 'your lesson';
  const who = name || (isTutor ? 'Your student' : 'Your tutor');
  return {
    language: languageOf(reader),
    subject: moved ? `Proposed: move ${lesson} to ${moved}` : `Proposed: cancel ${lesson}, ${start}`,
    greeting: greetingFor(reader),
    headline: moved ? 'A new time is proposed' : 'A cancellation is proposed',
    lead: `${who} would like to ${moved ? 'move' : 'cancel'} your lesson. Nothing has changed yet: accept or refuse this among your bookings. Without an answer the lesson stays as it is.`,
    facts: [
      ['When', start],
      ...(moved ? ([['Proposed', moved]] as const) : []),
      ['Length', lengthOf(event)],
      ...(name ? ([[isTutor ? 'Student' : 'Tutor', name]] as const) : []),
      ['Answer by', timeFor(event.expires_at, reader)],
    ],
    footer: footerOf(event.booking_id),
  };
}
