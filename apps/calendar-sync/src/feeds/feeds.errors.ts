import { SchedulingError } from '@scheduling/domain';

export class FeedUnknown extends SchedulingError {
  readonly kind = 'missing';
  readonly code = 'feed_unknown';

  constructor() {
    super('There is no such feed, or its address has been replaced.');
  }
}
