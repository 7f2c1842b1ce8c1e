import { SchedulingError } from '@scheduling/domain';

export class IntentNotKept extends SchedulingError {
  readonly kind = 'missing';
  readonly code = 'intent_not_kept';

  constructor(id: string) {
    super('The sandbox does not keep such an intent.', { id });
  }
}

export class IntentNotPayable extends SchedulingError {
  readonly kind = 'conflict';
  readonly code = 'intent_not_payable';

  constructor(id: string) {
    super('The intent has been paid or canceled.', { id });
  }
}
