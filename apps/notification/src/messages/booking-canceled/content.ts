import type { BookingCanceled } from '@scheduling/contracts';
import type { Content, Reading } from '../../templates/content.ts';
import type { Format } from '../../templates/format.ts';
import { word } from '../../templates/templates.ts';
import { returnOf } from '../refund.ts';
import { oneLine } from '../wording.ts';

/** Tells both people that a lesson will not take place. */
export function bookingCanceled(event: BookingCanceled, { reader, other, byFile, format }: Reading): Content {
  const isTutor = reader.id === event.tutor_id;
  const start = format.time(event.start_at);
  const isByOther = byPerson(event) && event.canceled_by !== reader.id;
  const quote = isByOther ? oneLine(event.reason ?? '') : '';
  return {
    values: {
      to_tutor: isTutor,
      by_file: byFile,
      start,
      cause: event.cause ?? 'person',
      by: byWhom(event, reader.id),
    },
    ...(quote && { quote }),
    facts: [
      ['was', start],
      ['length', format.length(event)],
      [isTutor ? 'student' : 'tutor', other],
      ['refund', isTutor ? '' : refundOf(event, format)],
    ],
    reference: { of: 'booking', id: event.booking_id },
  };
}

const byPerson = ({ cause }: BookingCanceled): boolean => (cause ?? 'person') === 'person';

function byWhom(event: BookingCanceled, readerId: string): string {
  if (!byPerson(event)) return 'nobody';
  if (event.canceled_by === readerId) return 'reader';
  if (event.canceled_by === event.student_id) return 'student';
  return event.canceled_by === event.tutor_id ? 'tutor' : 'nobody';
}

function refundOf(event: BookingCanceled, format: Format): string {
  const { refunded_cents: cents, price_cents: price, cause } = event;
  if (cents === undefined || price === 0 || cause === 'payment_failed') return '';
  return cents === 0 ? word(format.locale, 'refund_too_late') : returnOf({ ...event, refunded_cents: cents }, format);
}
