import { GoogleCalendarError } from '@scheduling/domain';

export class CalendarNotFound extends GoogleCalendarError {
  readonly kind = 'missing';
  readonly code = 'calendar_not_found';

  constructor() {
    super('The connected account has no such calendar.');
  }
}

export class CalendarNotWritable extends GoogleCalendarError {
  readonly kind = 'conflict';
  readonly code = 'calendar_not_writable';

  constructor(role: string) {
    super('Lessons can only be written into a calendar that its person may change.', { access_role: role });
  }
}
