import { SchedulingError } from '@scheduling/domain';

export class TryAgain extends SchedulingError {
  readonly kind = 'unavailable';
  readonly code = 'try_again';

  constructor(cause: unknown) {
    super('Too much happens at once just now; the same request may succeed in a moment.', { retry_after_seconds: 1 });
    this.cause = cause;
  }
}
