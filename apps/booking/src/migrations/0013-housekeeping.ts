import { ForwardOnly } from '@scheduling/persistence';

export class Housekeeping1795830000020 extends ForwardOnly {
  override readonly sql = /* sql */ `
    -- The nightly purge has looked at all slots of the tutor that start before.
    alter table schedules add column purged_until timestamptz not null default '-infinity';
    -- Why a line was as it was goes with the place in it.
    alter table waitlist_steps drop constraint waitlist_steps_entry_id_fkey;
    alter table waitlist_steps add constraint waitlist_steps_entry_id_fkey
      foreign key (entry_id) references waitlist on delete cascade not valid;
  `;
}
