import { GoogleCalendarError } from '@scheduling/domain';

export class ChannelUnknown extends GoogleCalendarError {
  readonly kind = 'missing';
  readonly code = 'channel_unknown';

  constructor() {
    super('No calendar is watched through this channel.');
  }
}
