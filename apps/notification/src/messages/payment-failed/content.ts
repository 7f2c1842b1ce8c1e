import type { PaymentFailed } from '@scheduling/contracts';
import type { Content, Reading } from '../../templates/content.ts';

/** Tells a student that a lesson which is kept for them could not be paid for yet. */
export function paymentFailed(event: PaymentFailed, { other, format }: Reading): Content {
  const start = format.time(event.start_at);
  return {
    values: { start, code: event.code },
    facts: [
      // The code is open, and one that the template does not know is told by nothing.
      ['why', { say: 'reason' }],
      ['when', start],
      ['length', format.length(event)],
      ['tutor', other],
      ['price', format.amount(event.price_cents, event.currency)],
    ],
    reference: { of: 'booking', id: event.booking_id },
  };
}
