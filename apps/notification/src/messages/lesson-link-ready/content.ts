import type { LessonLinkReady } from '@scheduling/contracts';
import type { Content, Reading } from '../../templates/content.ts';
import { linkOf } from '../wording.ts';

/** Tells a student or a tutor where a lesson takes place now. */
export function lessonLinkReady(event: LessonLinkReady, { reader, other, format }: Reading): Content {
  const start = format.time(event.start_at);
  return {
    values: { start },
    facts: [
      ['when', start],
      ['length', format.length(event)],
      [reader.id === event.tutor_id ? 'student' : 'tutor', other],
    ],
    link: linkOf(event.join_link),
    reference: { of: 'booking', id: event.booking_id },
  };
}
