import type { BookingCompleted } from '@scheduling/contracts';
import type { Content, Reading } from '../../templates/content.ts';

/** Tells both people that a lesson is over, and asks the student how it was. */
export function bookingCompleted(event: BookingCompleted, { reader, other, format }: Reading): Content {
  const isTutor = reader.id === event.tutor_id;
  const start = format.time(event.start_at);
  return {
    values: { to_tutor: isTutor, start },
    facts: [
      ['lesson', start],
      ['length', format.length(event)],
      [isTutor ? 'student' : 'tutor', other],
    ],
    reference: { of: 'booking', id: event.booking_id },
  };
}
