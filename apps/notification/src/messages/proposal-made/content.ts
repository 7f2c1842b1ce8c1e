import type { ProposalMade } from '@scheduling/contracts';
import type { Content, Reading } from '../../templates/content.ts';

/** Tells a student or a tutor what the other proposes. */
export function proposalMade(event: ProposalMade, { reader, other, format }: Reading): Content {
  const isTutor = reader.id === event.tutor_id;
  const start = format.time(event.start_at);
  const moved = event.new_start_at === null ? '' : format.time(event.new_start_at);
  return {
    values: { to_tutor: isTutor, start, moved },
    facts: [
      ['when', start],
      ['proposed', moved],
      ['length', format.length(event)],
      [isTutor ? 'student' : 'tutor', other],
      ['answer_by', format.time(event.expires_at)],
    ],
    reference: { of: 'booking', id: event.booking_id },
  };
}
