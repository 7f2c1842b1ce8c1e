import type { BookingNoShow } from '@scheduling/contracts';
import type { Content, Reading } from '../../templates/content.ts';
import type { Format } from '../../templates/format.ts';
import { word } from '../../templates/templates.ts';
import { returnOf } from '../refund.ts';

/** Tells both people that one of them did not come to a lesson, and what follows for the money. */
export function bookingNoShow(event: BookingNoShow, { reader, other, format }: Reading): Content {
  const isTutor = reader.id === event.tutor_id;
  const start = format.time(event.start_at);
  return {
    values: {
      to_tutor: isTutor,
      is_reader: event.no_show_by === (isTutor ? 'tutor' : 'student'),
      start,
    },
    facts: [
      ['lesson', start],
      ['length', format.length(event)],
      [isTutor ? 'student' : 'tutor', other],
      ['refund', isTutor || event.price_cents === 0 ? '' : refundOf(event, format)],
    ],
    reference: { of: 'booking', id: event.booking_id },
  };
}

const refundOf = (event: BookingNoShow, format: Format): string =>
  event.refunded_cents === 0 ? word(format.locale, 'refund_none') : returnOf(event, format);
