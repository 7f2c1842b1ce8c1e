import { SchedulingError } from '@scheduling/domain';

export class RecipientGone extends SchedulingError {
  readonly kind = 'gone';
  readonly code = 'account_erased';

  constructor() {
    super('This account was erased.');
  }
}
