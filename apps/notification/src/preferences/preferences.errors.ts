import { SchedulingError } from '@scheduling/domain';

export class ChoiceNotPossible extends SchedulingError {
  readonly kind = 'malformed';
  readonly code = 'choice_not_possible';

  /** `field` is a path into the request, `why` one of a few fixed sentences. */
  constructor(field: string, why: string) {
    super('This cannot be chosen.', { field, why });
  }
}

export class PreferencesChanged extends SchedulingError {
  readonly kind = 'conflict';
  readonly code = 'preferences_changed';

  constructor(version: number) {
    super('The preferences have changed since they were read.', { version });
  }
}

export class PhoneMissing extends SchedulingError {
  readonly kind = 'invalid';
  readonly code = 'phone_missing';

  constructor() {
    super('Texts need a telephone number, which is kept with the account.');
  }
}

export class LinkUnknown extends SchedulingError {
  readonly kind = 'missing';
  readonly code = 'unsubscribe_link_unknown';

  constructor() {
    super('This link ends no mail. What comes, and how, can be chosen where one is signed in.');
  }
}
