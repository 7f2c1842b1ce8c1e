import { SchedulingError } from '@scheduling/domain';

export class ExplainedToOthers extends SchedulingError {
  readonly kind = 'forbidden';
  readonly code = 'explained_to_tutor_only';

  constructor() {
    super('Only the tutor and an admin may ask why a time can be booked or not.');
  }
}
