import { ForwardOnly } from '@scheduling/persistence';

export class Housekeeping1795830000030 extends ForwardOnly {
  override readonly sql = /* sql */ `
    -- What a calendar showed of a lesson goes with it.
    alter table lesson_events add constraint lesson_events_of_lesson
      foreign key (booking_id) references lessons on delete cascade not valid;
  `;
}
