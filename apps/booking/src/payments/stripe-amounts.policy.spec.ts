import { AmountNotChargeable } from './payments.errors.ts';
import { amountAtStripe } from './stripe-amounts.policy.ts';

describe('an amount at Stripe', () => {
  it.each([
    ['USD', 2500, 2500],
    ['JPY', 2500, 2500],
    ['KRW', 30_000, 30_000],
    ['KWD', 2500, 2500],
    ['ISK', 2500, 250_000],
    ['UGX', 2500, 250_000],
    ['MGA', 250_000, 2500],
  ])('of %s %i is %i', (currency, cents, amount) => {
    expect(amountAtStripe({ cents, currency })).toEqual({ amount, currency: currency.toLowerCase() });
  });

  it.each([
    ['KWD', 2501],
    ['MGA', 2501],
  ])('is refused where there are no coins for it: %s %i', (currency, cents) => {
    expect(() => amountAtStripe({ cents, currency })).toThrow(AmountNotChargeable);
  });
});
