import type { ProposalAnswered } from '@scheduling/contracts';
import type { Recipient } from '../recipients/recipients.store.ts';
import type { Letter } from './layout.ts';
import { footerOf, greetingFor, languageOf, lengthOf, lessonWith, nameOf, timeFor } from './wording.ts';

/** Tells whoever proposed something what became of it; `other` is the other person's name, empty while nobody knows it. */
export function proposalAnswered(event: ProposalAnswered, reader: Recipient, other: string): Letter {
  const isTutor = reader.id === event.tutor_id;
  const [start, name] = [timeFor(event.start_at, reader), nameOf(other)];
  const moved = event.new_start_at === null ? null : timeFor(event.new_start_at, reader);
  const lesson = name ? lessonWith(name) : 'your lesson';
  const { word, headline, lead } = answerOf(event, name || (isTutor ? 'Your student' : 'Your tutor'));
  return {
    language: languageOf(reader),
    subject: `${word}: ${moved ? `move ${lesson} to ${moved}` : `cancel ${lesson}, ${start}`}`,
    greeting: greetingFor(reader),
    headline,
    lead,
    facts: [
      ...timesOf(event.outcome, start, moved),
      ['Length', lengthOf(event)],
      ...(name ? ([[isTutor ? 'Student' : 'Tutor', name]] as const) : []),
    ],
    footer: footerOf(event.booking_id),
  };
}

/** The booking is told as it is since: what was accepted holds already. */
function timesOf(outcome: string, start: string, moved: string | null): Letter['facts'] {
  if (outcome === 'accepted') return [moved ? ['Now', moved] : ['Was', start]];
  return [['When', start], ...(moved ? ([['Proposed', moved]] as const) : [])];
}

interface Answer {
  readonly word: string;
  readonly headline: string;
  readonly lead: string;
}

function answerOf({ outcome, new_start_at: moved }: ProposalAnswered, who: string): Answer {
  if (outcome === 'accepted') {
    const lead = `${who} has agreed to ${moved ? 'move' : 'cancel'} your lesson. Another mail says how it stands now.`;
    return { word: 'Accepted', headline: 'Your proposal is accepted', lead };
  }
  const stays = 'The lesson stays as it is, and your calendar will show it so.';
  if (outcome === 'impossible') {
    const lead = `You have moved your lesson in your calendar, but there is no free time for it where you put it, so nobody was asked. ${stays}`;
    return { word: 'Not possible', headline: 'The lesson cannot move there', lead };
  }
  return {
    word: 'Refused',
    headline: 'Your proposal is refused',
    lead: `${who} does not want to ${moved ? 'move' : 'cancel'} your lesson. ${stays}`,
  };
}
