import { type PersonId, SchedulingError } from '@scheduling/domain';

export class UnknownTimezone extends SchedulingError {
  readonly kind = 'invalid';
  readonly code = 'unknown_timezone';

  constructor() {
    super('The timezone must be a name of the IANA database, such as Europe/Kyiv.', { field: 'timezone' });
  }
}

export class EmailTaken extends SchedulingError {
  readonly kind = 'conflict';
  readonly code = 'email_taken';

  constructor(id: PersonId) {
    super('Another person has this e-mail address.', { field: 'email', user_id: id });
  }
}
