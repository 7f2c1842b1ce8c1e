import type { Recipient } from '../recipients/recipients.store.ts';
import { amountFor } from './wording.ts';

/** What goes back to a student, in the smallest unit of the currency. */
export interface Refund {
  readonly status: string;
  readonly refunded_cents: number;
  readonly price_cents: number;
  readonly currency: string;
  readonly payment_method: string;
}

/** How much goes back, and where to; a lesson of a subscription goes back whole or not at all. */
export function returnOf(refund: Refund, reader: Recipient): string {
  const { refunded_cents: cents, price_cents: price, currency, payment_method: method, status } = refund;
  if (method === 'subscription') {
    return cents < price
      ? 'None: your subscription gives back whole lessons only'
      : 'A lesson, back in your subscription';
  }
  const amount = amountFor(cents, currency, reader);
  if (method === 'credit') return `${amount}, back in your credits`;
  if (method !== 'stripe') return amount;
  return status === 'refunded' ? `${amount}, back on your card` : `${amount}, on its way to your card`;
}
