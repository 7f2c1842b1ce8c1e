import { Maybe, Text, Uuid } from '@scheduling/contracts';
import type { SlotId } from '@scheduling/domain';

export class RescheduleBooking {
  /** Another slot of the same tutor's. */
  @Uuid() readonly new_slot_id!: SlotId;
  /** For the other person to read. */
  @Maybe() @Text(0, 500) readonly reason?: string;
}
