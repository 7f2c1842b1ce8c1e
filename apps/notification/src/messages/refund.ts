import type { Format } from '../templates/format.ts';
import { word } from '../templates/templates.ts';

/** What goes back to a student, in the smallest unit of the currency. */
export interface Refund {
  readonly status: string;
  readonly refunded_cents: number;
  readonly price_cents: number;
  readonly currency: string;
  readonly payment_method: string;
}

/** How much goes back, and where to, in the reader's words. */
export function returnOf(refund: Refund, format: Format): string {
  const amount = format.amount(refund.refunded_cents, refund.currency);
  return word(format.locale, `refund_${whereTo(refund)}`, { amount });
}

/** A lesson of a subscription goes back whole or not at all. */
function whereTo({ refunded_cents: cents, price_cents: price, payment_method: method, status }: Refund): string {
  if (method === 'subscription') return cents < price ? 'part_of_lesson' : 'subscription';
  if (method === 'credit') return 'credits';
  if (method !== 'stripe') return 'elsewhere';
  return status === 'refunded' ? 'card' : 'on_its_way';
}
