import { ForwardOnly } from '@scheduling/persistence';

export class FreeSlotsByStart1795449600000 extends ForwardOnly {
  override readonly sql = /* sql */ `
    -- Who is free: slots of all tutors by start. A held one is among them, since its hold may have run out.
    create index slots_free_by_start on slots (start_at, tutor_id)
     where status in ('open', 'held') and offered and not withheld and deleted_at is null;
  `;
}
