import { SchedulingError } from '@scheduling/domain';

export class NotificationNotFound extends SchedulingError {
  readonly kind = 'missing';
  readonly code = 'notification_not_found';

  constructor(id: string) {
    super('There is no such notification of yours.', { notification_id: id });
  }
}
