import type { ProposalAnswered } from '@scheduling/contracts';
import type { Content, Fact, Reading } from '../../templates/content.ts';

/** Tells who proposed something what became of it. */
export function proposalAnswered(event: ProposalAnswered, { reader, other, format }: Reading): Content {
  const isTutor = reader.id === event.tutor_id;
  const start = format.time(event.start_at);
  const moved = event.new_start_at === null ? '' : format.time(event.new_start_at);
  return {
    values: { to_tutor: isTutor, start, moved, outcome: event.outcome },
    facts: [
      ...timesOf(event.outcome, start, moved),
      ['length', format.length(event)],
      [isTutor ? 'student' : 'tutor', other],
    ],
    reference: { of: 'booking', id: event.booking_id },
  };
}

/** The booking is told as it is since: what was accepted holds already. */
function timesOf(outcome: string, start: string, moved: string): [Fact, string][] {
  if (outcome === 'accepted') return [moved ? ['now', moved] : ['was', start]];
  return [
    ['when', start],
    ['proposed', moved],
  ];
}
