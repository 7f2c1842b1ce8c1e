import { BookingError, type SlotId } from '@scheduling/domain';
import type { Slot } from '../slots/slots.store.ts';

export class NotYourSlot extends BookingError {
  readonly kind = 'forbidden';
  readonly code = 'not_your_slot';

  constructor(slotId: SlotId) {
    super('Only the tutor of a slot decides about all of it.', { slot_id: slotId });
  }
}

export class BeyondCapacity extends BookingError {
  readonly kind = 'invalid';
  readonly code = 'beyond_capacity';

  constructor({ id, capacity }: Slot) {
    super('More students than there are seats can never come.', { field: 'minimum_attendance', slot_id: id, capacity });
  }
}

export class DecidedInThePast extends BookingError {
  readonly kind = 'invalid';
  readonly code = 'decided_in_the_past';

  constructor({ id }: Slot, decideAt: Date) {
    super('The time to decide would be over.', { field: 'decide_minutes_before', slot_id: id, decide_at: decideAt });
  }
}
