import { GoogleCalendarError } from '@scheduling/domain';

export class GoogleOff extends GoogleCalendarError {
  readonly kind = 'unavailable';
  readonly code = 'calendar_not_configured';

  constructor() {
    super('Google calendars cannot be connected here.');
  }
}

export class GoogleUnreachable extends GoogleCalendarError {
  readonly kind = 'unavailable';
  readonly code = 'google_unreachable';

  constructor(seconds: number) {
    super('Google cannot be reached.', { retry_after_seconds: seconds });
  }
}

export class ConsentUnknown extends GoogleCalendarError {
  readonly kind = 'conflict';
  readonly code = 'calendar_consent_unknown';

  constructor() {
    super('No consent of this person is waiting for that: it was used, is over, or was asked for by somebody else.');
  }
}

export class ConsentFailed extends GoogleCalendarError {
  readonly kind = 'conflict';
  readonly code = 'calendar_consent_failed';

  constructor() {
    super('Google does not take the code: connect again.');
  }
}

export class ScopesMissing extends GoogleCalendarError {
  readonly kind = 'conflict';
  readonly code = 'calendar_scopes_missing';

  constructor(scopes: readonly string[]) {
    super('Not everything that is needed was agreed to: connect again, and leave all boxes ticked.', {
      missing_scopes: scopes,
    });
  }
}
