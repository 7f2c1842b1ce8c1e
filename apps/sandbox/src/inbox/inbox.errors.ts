import { SchedulingError } from '@scheduling/domain';

export class MailNotKept extends SchedulingError {
  readonly kind = 'missing';
  readonly code = 'mail_not_kept';

  constructor(n: number) {
    super('The sandbox does not keep such a mail.', { n });
  }
}
