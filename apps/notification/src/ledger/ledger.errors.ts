import { SchedulingError } from '@scheduling/domain';

export class MessageNotFound extends SchedulingError {
  readonly kind = 'missing';
  readonly code = 'message_not_found';

  constructor(id: string) {
    super('There is no such message in the ledger.', { message_id: id });
  }
}

export class NotToBeResent extends SchedulingError {
  readonly kind = 'conflict';
  readonly code = 'message_not_to_be_resent';

  constructor(state: string) {
    super('Only what has failed, was skipped, or is of unknown fate can be sent again.', { state });
  }
}
