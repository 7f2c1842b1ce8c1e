import { PaymentError } from '@scheduling/domain';

export class NotEnoughCredit extends PaymentError {
  readonly kind = 'conflict';
  readonly code = 'not_enough_credit';

  constructor(needed: number, balance: number, currency: string) {
    super('The balance is lower than the price.', { needed_cents: needed, balance_cents: balance, currency });
  }
}

export class CurrencyMismatch extends PaymentError {
  readonly kind = 'conflict';
  readonly code = 'currency_mismatch';

  constructor(wanted: string, held: string) {
    super('The credits are of another currency.', { currency: wanted, balance_currency: held });
  }
}
