import { BookingError } from '@scheduling/domain';

export class PolicyNotFound extends BookingError {
  readonly kind = 'missing';
  readonly code = 'policy_not_found';

  constructor(id: string) {
    super('There is no such policy.', { cancellation_policy_id: id });
  }
}

export class PolicyNameTaken extends BookingError {
  readonly kind = 'conflict';
  readonly code = 'policy_name_taken';

  constructor(name: string) {
    super('Another policy has this name.', { name });
  }
}

export class PartBeforeWhole extends BookingError {
  readonly kind = 'invalid';
  readonly code = 'part_before_whole';

  constructor() {
    super('A part can only be given back until later than the whole.', { field: 'partial_refund_until_minutes' });
  }
}
