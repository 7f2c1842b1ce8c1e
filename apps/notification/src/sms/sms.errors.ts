import { SchedulingError } from '@scheduling/domain';

export class NotFromTwilio extends SchedulingError {
  readonly kind = 'forbidden';
  readonly code = 'not_from_twilio';

  constructor() {
    super('This is not signed by Twilio.');
  }
}
