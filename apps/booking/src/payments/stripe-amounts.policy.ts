import type { Money } from '@scheduling/domain';
import { AmountNotChargeable } from './payments.errors.ts';

/**
 * How Stripe's smallest unit differs from that of ISO 4217, in which prices are: Stripe counts Icelandic and Ugandan money in
 * hundredths that nobody has, and Malagasy money whole. All others, yen and dollars alike, are the same number in both.
 */
const FACTORS: Readonly<Record<string, number>> = { ISK: 100, UGX: 100, MGA: 0.01 };
/** Stripe takes money of three decimals in steps of ten. */
const THREE_DECIMALS: ReadonlySet<string> = new Set(['BHD', 'JOD', 'KWD', 'OMR', 'TND']);

/** An amount as Stripe writes it. */
export interface StripeAmount {
  readonly amount: number;
  /** In small letters. */
  readonly currency: string;
}

/** Writes an amount as Stripe does; refuses what Stripe has no coins for. */
export function amountAtStripe(money: Money): StripeAmount {
  const amount = Math.round(money.cents * 100 * (FACTORS[money.currency] ?? 1)) / 100;
  const isOdd = THREE_DECIMALS.has(money.currency) && amount % 10 !== 0;
  if (!Number.isInteger(amount) || isOdd) throw new AmountNotChargeable(money, 'amount_has_no_coins');
  return { amount, currency: money.currency.toLowerCase() };
}
