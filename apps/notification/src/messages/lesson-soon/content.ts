import type { BookingConfirmed, BookingRescheduled } from '@scheduling/contracts';
import type { Content, Reading } from '../../templates/content.ts';
import { linkOf } from '../wording.ts';

/** Reminds both people of a lesson, a day and two hours before it. */
export function lessonReminder(
  event: BookingConfirmed | BookingRescheduled,
  { reader, other, format }: Reading,
): Content {
  const isTutor = reader.id === event.tutor_id;
  const start = format.time(event.start_at);
  return {
    values: { to_tutor: isTutor, start },
    facts: [
      ['when', start],
      ['length', format.length(event)],
      [isTutor ? 'student' : 'tutor', other],
    ],
    link: linkOf(event.join_link),
    reference: { of: 'booking', id: event.booking_id },
  };
}
