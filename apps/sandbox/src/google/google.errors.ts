import { SchedulingError } from '@scheduling/domain';

export class CalendarNotKept extends SchedulingError {
  readonly kind = 'missing';
  readonly code = 'calendar_not_kept';

  constructor(email: string) {
    super('The sandbox does not keep such a calendar.', { email });
  }
}

export class EventNotKept extends SchedulingError {
  readonly kind = 'missing';
  readonly code = 'event_not_kept';

  constructor(id: string) {
    super('The calendar has no such event.', { id });
  }
}

export class EventNotTaken extends SchedulingError {
  readonly kind = 'invalid';
  readonly code = 'event_not_taken';

  constructor(why: string) {
    super('Google would not take that event.', { why });
  }
}
