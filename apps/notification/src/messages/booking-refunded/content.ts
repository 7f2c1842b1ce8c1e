import type { BookingRefunded } from '@scheduling/contracts';
import type { Content, Reading } from '../../templates/content.ts';
import { returnOf } from '../refund.ts';

/** Tells a student that money has come back. */
export function bookingRefunded(event: BookingRefunded, { other, format }: Reading): Content {
  const start = format.time(event.start_at);
  return {
    values: {
      start,
      by_bank: event.payment_method === 'stripe',
      amount: format.amount(event.refunded_cents, event.currency),
    },
    facts: [
      ['refund', returnOf(event, format)],
      ['lesson', start],
      ['tutor', other],
    ],
    reference: { of: 'booking', id: event.booking_id },
  };
}
