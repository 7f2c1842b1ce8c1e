import { type PersonId, SchedulingError } from '@scheduling/domain';

export class EmailTaken extends SchedulingError {
  readonly kind = 'conflict';
  readonly code = 'email_taken';

  constructor(id: PersonId) {
    super('Another person has this e-mail address.', { field: 'email', user_id: id });
  }
}
