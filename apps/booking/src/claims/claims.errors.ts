import { BookingError, type SlotId } from '@scheduling/domain';

export class TimeTaken extends BookingError {
  readonly kind = 'conflict';
  readonly code = 'time_taken';

  constructor(slotId: SlotId) {
    super('The tutor or the student is in another lesson at that time.', { slot_id: slotId });
  }
}
