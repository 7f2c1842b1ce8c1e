import { SchedulingError } from '@scheduling/domain';

export class CalendarAddressNotAllowed extends SchedulingError {
  readonly kind = 'invalid';
  readonly code = 'calendar_address_not_allowed';

  constructor() {
    super('The address of a calendar must begin with https:// or webcal:// and lead to the public internet.', {
      field: 'url',
    });
  }
}

export class TooManyImports extends SchedulingError {
  readonly kind = 'conflict';
  readonly code = 'too_many_imports';

  constructor(limit: number) {
    super('No more calendars can be read for one person. Remove one first.', { limit });
  }
}

export class ImportNotFound extends SchedulingError {
  readonly kind = 'missing';
  readonly code = 'import_not_found';

  constructor(id: string) {
    super('There is no such calendar.', { import_id: id });
  }
}
