import { type AvailabilityId, SchedulingError, type TimeOffId } from '@scheduling/domain';

export class RangeBackwards extends SchedulingError {
  readonly kind = 'invalid';
  readonly code = 'range_backwards';

  constructor() {
    super('The end must come after the start.', { field: 'end_at' });
  }
}

export class RangeTooLong extends SchedulingError {
  readonly kind = 'invalid';
  readonly code = 'range_too_long';

  constructor(days: number) {
    super('The range is too long.', { field: 'end_at', max_days: days });
  }
}

export class StartOutOfRange extends SchedulingError {
  readonly kind = 'invalid';
  readonly code = 'start_out_of_range';

  constructor() {
    super('The start may lie a year back at most, and five years ahead.', { field: 'start_at' });
  }
}

export class RuleMissing extends SchedulingError {
  readonly kind = 'invalid';
  readonly code = 'rule_missing';

  constructor() {
    super('Recurring availability needs a rule.', { field: 'rrule_string' });
  }
}

export class RuleUnexpected extends SchedulingError {
  readonly kind = 'invalid';
  readonly code = 'rule_unexpected';

  constructor() {
    super('A rule or exceptions make sense for recurring availability only.', { field: 'is_recurring' });
  }
}

export class TooManyBlocks extends SchedulingError {
  readonly kind = 'invalid';
  readonly code = 'too_many_blocks';

  constructor(limit: number) {
    super('This tutor has as many blocks as one may have.', { limit });
  }
}

export class TooMuchTimeOff extends SchedulingError {
  readonly kind = 'invalid';
  readonly code = 'too_much_time_off';

  constructor(limit: number) {
    super('This tutor has as many entries of time off as one may have.', { limit });
  }
}

export class AvailabilityNotFound extends SchedulingError {
  readonly kind = 'missing';
  readonly code = 'availability_not_found';

  constructor(id: AvailabilityId) {
    super('There is no such availability of yours.', { availability_id: id });
  }
}

export class TimeOffNotFound extends SchedulingError {
  readonly kind = 'missing';
  readonly code = 'time_off_not_found';

  constructor(id: TimeOffId) {
    super('There is no such time off of yours.', { time_off_id: id });
  }
}
