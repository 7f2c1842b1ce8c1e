import { type PersonId, SchedulingError } from '@scheduling/domain';

export class EmailTaken extends SchedulingError {
  readonly kind = 'conflict';
  readonly code = 'email_taken';

  constructor(id: PersonId) {
    super('Another person has this e-mail address.', { field: 'email', user_id: id });
  }
}

export class TutorNotFound extends SchedulingError {
  readonly kind = 'missing';
  readonly code = 'tutor_not_found';

  constructor(id: PersonId) {
    super('There is no such tutor.', { tutor_id: id });
  }
}
