import type { LessonConflicted } from '@scheduling/contracts';
import type { Content, Reading } from '../../templates/content.ts';

/** Tells a tutor that a lesson stays booked where they no longer offer time. */
export function lessonConflicted(event: LessonConflicted, { other, format }: Reading): Content {
  const start = format.time(event.start_at);
  return {
    values: { start },
    facts: [
      ['when', start],
      ['length', format.length(event)],
      ['student', other],
    ],
    reference: { of: 'booking', id: event.booking_id },
  };
}
