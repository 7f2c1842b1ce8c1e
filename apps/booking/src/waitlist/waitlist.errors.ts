import { BookingError, type SlotId, type WaitlistId } from '@scheduling/domain';

export class OwnTime extends BookingError {
  readonly kind = 'invalid';
  readonly code = 'own_time';

  constructor() {
    super('Nobody waits for themselves.');
  }
}

export class TooLateToWait extends BookingError {
  readonly kind = 'conflict';
  readonly code = 'too_late_to_wait';

  constructor(until: Date) {
    super('Nobody is offered a lesson any more that starts so soon.', { waited_until: until });
  }
}

export class TutorUnknown extends BookingError {
  readonly kind = 'missing';
  readonly code = 'tutor_unknown';

  constructor() {
    super('This tutor has never offered a lesson.');
  }
}

export class SlotOpen extends BookingError {
  readonly kind = 'conflict';
  readonly code = 'slot_open';

  constructor(slotId: SlotId, startAt: Date) {
    super('There is a free seat: hold it instead of waiting.', { slot_id: slotId, start_at: startAt });
  }
}

export class AlreadySeated extends BookingError {
  readonly kind = 'conflict';
  readonly code = 'already_seated';

  constructor(slotId: SlotId) {
    super('You have a seat in this slot.', { slot_id: slotId });
  }
}

export class WaitlistFull extends BookingError {
  readonly kind = 'conflict';
  readonly code = 'waitlist_limit';

  constructor(limit: number) {
    super('You wait for as much as one may at a time.', { limit });
  }
}

export class WaitlistEntryNotFound extends BookingError {
  readonly kind = 'missing';
  readonly code = 'waitlist_entry_not_found';

  constructor(id: WaitlistId) {
    super('You have no such place in a line.', { waitlist_id: id });
  }
}
