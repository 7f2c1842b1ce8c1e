import type { BookingRescheduled } from '@scheduling/contracts';
import type { Content, Reading } from '../../templates/content.ts';
import { linkOf, oneLine } from '../wording.ts';

/** Tells both people when a lesson takes place now. */
export function bookingRescheduled(event: BookingRescheduled, { reader, other, byFile, format }: Reading): Content {
  const isTutor = reader.id === event.tutor_id;
  const start = format.time(event.start_at);
  const quote = event.rescheduled_by === reader.id ? '' : oneLine(event.reason ?? '');
  return {
    values: {
      to_tutor: isTutor,
      by_file: byFile,
      start,
      by: byWhom(event, reader.id),
      is_free: !isTutor && event.rescheduled_by === event.tutor_id,
    },
    ...(quote && { quote }),
    facts: [
      ['when', start],
      ['was', format.time(event.previous_start_at)],
      ['length', format.length(event)],
      [isTutor ? 'student' : 'tutor', other],
      ['price', format.amount(event.price_cents, event.currency)],
    ],
    link: linkOf(event.join_link),
    reference: { of: 'booking', id: event.booking_id },
  };
}

function byWhom(
  { rescheduled_by: by, student_id: student, tutor_id: tutor }: BookingRescheduled,
  reader: string,
): string {
  if (by === reader) return 'reader';
  if (by === student) return 'student';
  return by === tutor ? 'tutor' : 'nobody';
}
