import { BookingError, type SlotId } from '@scheduling/domain';

export class SlotNotFound extends BookingError {
  readonly kind = 'missing';
  readonly code = 'slot_not_found';

  constructor(slotId: SlotId) {
    super('There is no such slot.', { slot_id: slotId });
  }
}

export class RangeBackwards extends BookingError {
  readonly kind = 'invalid';
  readonly code = 'range_backwards';

  constructor(field: string) {
    super('The end must come after the start.', { field });
  }
}

export class RangeTooLong extends BookingError {
  readonly kind = 'invalid';
  readonly code = 'range_too_long';

  constructor(days: number, field: string) {
    super('The range is too long.', { field, max_days: days });
  }
}
