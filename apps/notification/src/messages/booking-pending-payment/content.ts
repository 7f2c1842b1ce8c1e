import type { BookingPendingPayment } from '@scheduling/contracts';
import type { Content, Reading } from '../../templates/content.ts';

/** Tells a student that a lesson is kept for them until it is paid for. */
export function bookingPendingPayment(event: BookingPendingPayment, { other, format }: Reading): Content {
  const start = format.time(event.start_at);
  return {
    values: { start },
    facts: [
      ['when', start],
      ['length', format.length(event)],
      ['tutor', other],
      ['price', format.amount(event.price_cents, event.currency)],
    ],
    reference: { of: 'booking', id: event.booking_id },
  };
}
