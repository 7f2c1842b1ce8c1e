import type Stripe from 'stripe';
import type { Card } from './cards.ts';
import { Kept } from './kept.ts';
import { missing } from './stripe-refusal.ts';

/** One intent with all that belongs to it, which goes when it goes. */
export interface Payment {
  readonly id: string;
  readonly intent: Stripe.PaymentIntent;
  /** What the card does that pays it. */
  card: Card;
  /** The newest attempt's. */
  charge: Stripe.Charge | null;
  attempts: number;
  readonly refunds: Stripe.Refund[];
  dispute: Stripe.Dispute | null;
}

/** Money of one currency, in its smallest unit. */
export interface Total {
  /** All that was ever captured. */
  captured: number;
  /** What went back or is on its way; a refund that fails does not count. */
  refunded: number;
}

/** Refunds, charges and disputes carry their intent's letters, as at Stripe: `re_<letters><number>`. */
const LETTERS = 24;

/** The intents and all that hangs on them, and the money that they moved. */
export class Payments {
  private readonly payments: Kept<Payment>;
  private readonly sums = new Map<string, Total>();

  constructor(most?: number) {
    this.payments = new Kept(most);
  }

  add(payment: Payment): Payment {
    return this.payments.add(payment);
  }

  /** The payment of an intent; refuses an id that is not kept. */
  of(id: string, param = 'intent', status = 404): Payment {
    const payment = this.payments.get(id);
    if (!payment) throw missing('payment_intent', id, param, status);
    return payment;
  }

  /** The payment to which a charge, a refund or a dispute belongs, by that one's id. */
  ofPart(id: string): Payment | undefined {
    return this.payments.get(`pi_${id.slice(id.indexOf('_') + 1).slice(0, LETTERS)}`);
  }

  /** The newest charge of an intent, by its id. */
  charge(id: string, param = 'charge'): Stripe.Charge {
    const charge = this.ofPart(id)?.charge;
    if (charge?.id !== id) throw missing('charge', id, param);
    return charge;
  }

  /** The newest first. */
  newest(): Payment[] {
    return this.payments.newest();
  }

  /** Counts money that moved; negative when it came back. */
  count(currency: string, kind: keyof Total, amount: number): void {
    const total = this.sums.get(currency) ?? { captured: 0, refunded: 0 };
    total[kind] += amount;
    this.sums.set(currency, total);
  }

  /** What was captured and refunded since the beginning, by currency in small letters. */
  totals(): Record<string, Total> {
    return Object.fromEntries(Array.from(this.sums, ([currency, total]) => [currency, { ...total }]));
  }
}

/** The id of something that belongs to an intent. */
export const partId = (prefix: string, payment: Payment, number: number): string =>
  `${prefix}_${payment.id.slice('pi_'.length)}${number}`;
