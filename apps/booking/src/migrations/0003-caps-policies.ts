import { ForwardOnly } from '@scheduling/persistence';

export class CapsPolicies1795389600000 extends ForwardOnly {
  override readonly sql = /* sql */ `
    alter table schedules
      add maximum_lessons_per_day  int check (maximum_lessons_per_day > 0), -- Any number if null.
      add maximum_lessons_per_week int check (maximum_lessons_per_week > 0),
      add cancellation_policy_id   uuid, -- No reference: a tutor may name one that this service does not know.
      -- The nightly cleanup has looked at all slots that start before. An index of what is left to look at would make
      -- every slot a third dearer to insert.
      add cleared_until            timestamptz not null default '-infinity';

    -- What tutors choose from; a change is for later holds only, since each keeps a copy.
    create table policies (
      id                        uuid primary key,
      name                      text not null unique,
      full_refund_until_minutes int  not null check (full_refund_until_minutes >= 0),
      is_default                boolean not null
    );
    -- Exactly one stands for tutors who name none.
    create unique index policies_one_default on policies (is_default) where is_default;
    insert into policies (id, name, full_refund_until_minutes, is_default) values
      ('0b6f0a52-7c1e-4d0b-9a55-3a1c5d1f7e01', 'flexible',  720, false),
      ('0b6f0a52-7c1e-4d0b-9a55-3a1c5d1f7e02', 'standard', 1440, true),
      ('0b6f0a52-7c1e-4d0b-9a55-3a1c5d1f7e03', 'strict',   2880, false);
  `;
}
