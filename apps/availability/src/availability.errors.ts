import { type AvailabilityId, SchedulingError, type TimeOffId } from '@scheduling/domain';

export class RangeBackwards extends SchedulingError {
  readonly kind = 'invalid';
  readonly code = 'range_backwards';

  constructor(field = 'end_at') {
    super('The end must come after the start.', { field });
  }
}

export class RangeTooLong extends SchedulingError {
  readonly kind = 'invalid';
  readonly code = 'range_too_long';

  constructor(days: number, field = 'end_at') {
    super('The range is too long.', { field, max_days: days });
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

export class NothingToChange extends SchedulingError {
  readonly kind = 'invalid';
  readonly code = 'nothing_to_change';

  constructor() {
    super('The request names nothing that should change.');
  }
}

export class OccurrenceMissing extends SchedulingError {
  readonly kind = 'invalid';
  readonly code = 'occurrence_missing';

  constructor() {
    super('One date, or what follows it, is named by the start of an occurrence.', { field: 'occurrence_at' });
  }
}

export class OccurrenceUnexpected extends SchedulingError {
  readonly kind = 'invalid';
  readonly code = 'occurrence_unexpected';

  constructor() {
    super('An occurrence is named for one date, or for what follows it, only.', { field: 'occurrence_at' });
  }
}

export class OccurrenceNotFound extends SchedulingError {
  readonly kind = 'invalid';
  readonly code = 'occurrence_not_found';

  constructor() {
    super('The availability does not start at that instant by its rule.', { field: 'occurrence_at' });
  }
}

export class TooManyExceptions extends SchedulingError {
  readonly kind = 'invalid';
  readonly code = 'too_many_exceptions';

  constructor(limit: number) {
    super('This rule has as many exceptions as one may have.', { limit });
  }
}

export class TooMuchToWorkOut extends SchedulingError {
  readonly kind = 'invalid';
  readonly code = 'too_much_to_work_out';

  constructor(limit: number) {
    super('All that this tutor has entered is together too much to work out.', { limit, per: 'steps' });
  }
}

export class TooManyKinds extends SchedulingError {
  readonly kind = 'invalid';
  readonly code = 'too_many_kinds';

  constructor(limit: number) {
    super('This tutor has lessons of as many lengths, prices and sizes as one may have.', { limit });
  }
}

export class HoursNotUnderstood extends SchedulingError {
  readonly kind = 'invalid';
  readonly code = 'hours_not_understood';

  constructor() {
    super('Hours are written as 09:00 and 12:00, the end after the start and at 24:00 at the latest.', {
      field: 'hours',
    });
  }
}

export class HoursOverlap extends SchedulingError {
  readonly kind = 'invalid';
  readonly code = 'hours_overlap';

  constructor() {
    super('The hours of one date do not overlap.', { field: 'hours' });
  }
}

export class HoursMissing extends SchedulingError {
  readonly kind = 'invalid';
  readonly code = 'hours_missing';

  constructor() {
    super('Extra hours are at least one stretch of them.', { field: 'hours' });
  }
}

export class DateOutOfRange extends SchedulingError {
  readonly kind = 'invalid';
  readonly code = 'date_out_of_range';

  constructor() {
    super('The date may lie five years ahead at most, and must not be over.', { field: 'date' });
  }
}

export class TooManyOverrides extends SchedulingError {
  readonly kind = 'invalid';
  readonly code = 'too_many_overrides';

  constructor(limit: number) {
    super('This tutor has overrides for as many dates as one may have.', { limit });
  }
}

/** One thing that a tutor has entered before, in the way of another. */
interface InTheWay {
  readonly id: string;
  readonly startAt: Date;
  readonly endAt: Date;
}

export class AvailabilityOverlaps extends SchedulingError {
  readonly kind = 'conflict';
  readonly code = 'availability_overlaps';

  constructor(inTheWay: readonly InTheWay[]) {
    const conflicts = inTheWay.map(({ id, startAt, endAt }) => ({
      kind: 'availability',
      id,
      start_at: startAt.toISOString(),
      end_at: endAt.toISOString(),
    }));
    super('This overlaps other availability of yours.', { conflicts });
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

export class OverrideNotFound extends SchedulingError {
  readonly kind = 'missing';
  readonly code = 'override_not_found';

  constructor(date: string) {
    super('There is no override of yours for that date.', { date });
  }
}

export class TimeOffNotFound extends SchedulingError {
  readonly kind = 'missing';
  readonly code = 'time_off_not_found';

  constructor(id: TimeOffId) {
    super('There is no such time off of yours.', { time_off_id: id });
  }
}
