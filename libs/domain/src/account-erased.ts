import { SchedulingError } from './refusal.ts';

/** The token still lives, the account does not. */
export class AccountErased extends SchedulingError {
  readonly kind = 'gone';
  readonly code = 'account_erased';

  constructor() {
    super('This account was erased.');
  }
}
