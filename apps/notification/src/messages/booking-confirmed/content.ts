import type { BookingConfirmed } from '@scheduling/contracts';
import type { Content, Reading } from '../../templates/content.ts';
import { linkOf } from '../wording.ts';

/** Tells both people that a lesson is booked. */
export function bookingConfirmed(event: BookingConfirmed, { reader, other, byFile, format }: Reading): Content {
  const isTutor = reader.id === event.tutor_id;
  const amount = format.amount(event.price_cents, event.currency);
  return {
    values: {
      to_tutor: isTutor,
      by_file: byFile,
      start: format.time(event.start_at),
      amount,
      by_credits: !isTutor && event.payment_method === 'credit',
    },
    facts: [
      ['when', format.time(event.start_at)],
      ['length', format.length(event)],
      [isTutor ? 'student' : 'tutor', other],
      ['price', { say: 'price' }],
    ],
    link: linkOf(event.join_link),
    reference: { of: 'booking', id: event.booking_id },
  };
}
