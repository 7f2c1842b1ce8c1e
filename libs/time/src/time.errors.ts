import { SchedulingError } from '@scheduling/domain';

/** What is wrong with a rule, in one word that never changes. */
export type RuleProblem =
  | 'empty'
  | 'too_long'
  | 'not_printable_ascii'
  | 'white_space'
  | 'several_rules'
  | 'empty_part'
  | 'no_value'
  | 'repeated_part'
  | 'unknown_part'
  | 'frequency_missing'
  | 'frequency_unknown'
  | 'frequency_not_supported'
  | 'not_a_number'
  | 'not_a_weekday'
  | 'not_a_utc_time'
  | 'out_of_range'
  | 'count_with_until'
  | 'part_not_allowed'
  | 'number_not_allowed'
  | 'nothing_to_choose_from'
  | 'never_matches';

export class RuleNotUnderstood extends SchedulingError {
  readonly kind = 'invalid';
  readonly code = 'rule_not_understood';

  /** The position counts characters of the text from 0; the part is missing where none is to blame. */
  constructor(problem: RuleProblem, position: number, part?: string) {
    super('The recurrence rule is not one that we understand.', {
      field: 'rrule_string',
      problem,
      ...(part !== undefined && { part }),
      position,
    });
  }
}

export class RuleTooExpensive extends SchedulingError {
  readonly kind = 'invalid';
  readonly code = 'rule_too_expensive';

  constructor(limit: number, per: 'steps' | 'starts') {
    super('The recurrence rule has too many starts to work out.', { field: 'rrule_string', limit, per });
  }
}

export class TimeNotSupported extends SchedulingError {
  readonly kind = 'invalid';
  readonly code = 'time_not_supported';

  constructor(firstYear: number, lastYear: number) {
    super('Recurrence is worked out between the years 1970 and 2099 only.', {
      first_year: firstYear,
      last_year: lastYear,
    });
  }
}

export class TooManyLessons extends SchedulingError {
  readonly kind = 'invalid';
  readonly code = 'too_many_lessons';

  constructor(limit: number, per: 'day' | 'horizon', field: 'rrule_string' | 'end_at' | 'hours') {
    super('This opens more lessons than one tutor may offer.', { field, limit, per });
  }
}

export class UnknownTimezone extends SchedulingError {
  readonly kind = 'invalid';
  readonly code = 'unknown_timezone';

  constructor() {
    super('The timezone must be a name of the IANA database, such as Europe/Kyiv.', { field: 'timezone' });
  }
}

export class LocalTimeNotUnderstood extends SchedulingError {
  readonly kind = 'invalid';
  readonly code = 'local_time_not_understood';

  constructor() {
    super('A local time is written as 2026-03-08T02:30, without an offset.', { field: 'dtstart_local' });
  }
}
