import { SchedulingError } from '@scheduling/domain';

export class TooManyRequests extends SchedulingError {
  readonly kind = 'too_many';
  readonly code = 'too_many_requests';

  constructor(policy: string, seconds: number) {
    super('Too many requests: wait a little.', { policy, retry_after_seconds: seconds });
  }
}
