import { StepByStep } from '@scheduling/persistence';

export class HousekeepingIndexes1795830000021 extends StepByStep {
  override readonly steps = [
    // What names a slot or a hold that goes.
    'create index concurrently if not exists holds_of_slot on holds (slot_id)',
    'create index concurrently if not exists waitlist_of_slot on waitlist (slot_id) where slot_id is not null',
    'create index concurrently if not exists waitlist_of_hold on waitlist (hold_id) where hold_id is not null',
    'create index concurrently if not exists waitlist_steps_of_slot on waitlist_steps (slot_id) where slot_id is not null',
    'create index concurrently if not exists proposals_of_slot on proposals (new_slot_id) where new_slot_id is not null',
    // What is done with, by when it was.
    "create index concurrently if not exists waitlist_over on waitlist (expires_at) where status not in ('waiting', 'offered')",
    'create index concurrently if not exists proposals_over on proposals (ended_at) where ended_at is not null',
    "create index concurrently if not exists stripe_events_done on stripe_events (received_at) where state = 'done'",
    'alter table waitlist_steps validate constraint waitlist_steps_entry_id_fkey',
  ];
}
