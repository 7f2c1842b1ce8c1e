import { ForwardOnly } from '@scheduling/persistence';

export class PoliciesMinimums1795503000000 extends ForwardOnly {
  override readonly sql = /* sql */ `
    -- What there was is now the newest version; whoever cancels for free in time may also move the lesson until then.
    alter table policies
      add version                        int not null default 1 check (version > 0),
      add partial_refund_until_minutes   int not null default 0 check (partial_refund_until_minutes >= 0),
      add partial_refund_percent         int not null default 0 check (partial_refund_percent between 0 and 100),
      add reschedule_until_minutes       int check (reschedule_until_minutes >= 0),
      add maximum_reschedules            int not null default 3 check (maximum_reschedules >= 0),
      add student_no_show_refund_percent int not null default 0 check (student_no_show_refund_percent between 0 and 100);
    update policies set reschedule_until_minutes = full_refund_until_minutes;
    alter table policies
      alter reschedule_until_minutes set not null,
      add constraint policies_partial_after_full check (partial_refund_until_minutes <= full_refund_until_minutes);

    -- Every version that there was, as holds and bookings name it: appended to in the transaction that changes a policy.
    create table policy_versions (
      policy_id uuid        not null references policies,
      version   int         not null,
      name      text        not null,
      terms     jsonb       not null,
      made_by   uuid, -- None: it came with the service.
      made_at   timestamptz not null,
      primary key (policy_id, version)
    );
    insert into policy_versions (policy_id, version, name, terms, made_at)
    select id, version, name,
           jsonb_build_object('full_refund_until_minutes', full_refund_until_minutes,
                              'partial_refund_until_minutes', partial_refund_until_minutes,
                              'partial_refund_percent', partial_refund_percent,
                              'reschedule_until_minutes', reschedule_until_minutes,
                              'maximum_reschedules', maximum_reschedules,
                              'student_no_show_refund_percent', student_no_show_refund_percent),
           now()
      from policies;

    -- Lessons that ended and are not completed yet.
    create index bookings_to_complete on bookings (end_at, tutor_id) where status = 'confirmed';

    -- How many students a lesson needs to take place, and when that is decided: once.
    create table slot_minimums (
      slot_id             uuid        primary key references slots,
      tutor_id            uuid        not null,
      minimum_attendance  smallint    not null check (minimum_attendance > 0),
      decide_at           timestamptz not null,
      decided_at          timestamptz
    );
    create index slot_minimums_due on slot_minimums (decide_at) where decided_at is null;
  `;
}
