import { ForwardOnly } from '@scheduling/persistence';

export class Waitlist1795504000000 extends ForwardOnly {
  override readonly sql = /* sql */ `
    -- Who waits for a seat with a tutor. The numbers are the line: they are given under the tutor's lock.
    create table waitlist (
      id         uuid        primary key,
      number     bigint      generated always as identity,
      tutor_id   uuid        not null,
      student_id uuid        not null,
      slot_id    uuid        references slots, -- The one slot that is waited for; null where any within a window will do.
      starts     tstzrange   not null check (not isempty(starts)), -- When a lesson may start that is waited for.
      status     text        not null
        check (status in ('waiting', 'offered', 'taken', 'left', 'passed_over', 'expired')),
      hold_id    uuid        references holds, -- The newest offer.
      joined_at  timestamptz not null,
      expires_at timestamptz not null, -- Nobody is offered a lesson any more that could still be waited for.
      constraint waitlist_offered_a_hold check (hold_id is not null or status not in ('offered', 'taken'))
    );
    -- Who waits with a tutor: asked whenever time comes free and whenever slots are listed, and empty as a rule.
    create index waitlist_live on waitlist (tutor_id, number) where status in ('waiting', 'offered');
    create unique index waitlist_offered on waitlist (hold_id) where status = 'offered';
    create index waitlist_expiring on waitlist (expires_at) where status = 'waiting';
    -- Nobody stands in one line twice.
    create unique index waitlist_one_place on waitlist (student_id, tutor_id, starts) where status in ('waiting', 'offered');
    -- One's own places, the newest first.
    create index waitlist_of_student on waitlist (student_id, number);

    -- Why the line is as it is: appended to, never written over.
    create table waitlist_steps (
      id       bigint      generated always as identity primary key,
      entry_id uuid        not null references waitlist,
      at       timestamptz not null,
      what     text        not null check (what in ('joined', 'offered', 'passed_over', 'taken', 'left', 'expired')),
      slot_id  uuid        references slots,
      reason   text
    );
    create index waitlist_steps_of_entry on waitlist_steps (entry_id, id);
    -- Each slot comes to each who waits once.
    create unique index waitlist_passed_over on waitlist_steps (entry_id, slot_id) where what = 'passed_over';

    -- Those who wait for a slot at an instant: to everyone else it is taken. A function, so that lists, search and holds
    -- cannot disagree; PostgreSQL puts its text in place of the call.
    create function waiting_for(slot uuid, tutor uuid, start_at timestamptz, at timestamptz)
      returns table (entry_id uuid, number bigint, student_id uuid)
      language sql stable
    begin atomic
      select e.id, e.number, e.student_id
        from waitlist e
       where e.tutor_id = tutor and e.status = 'waiting' and start_at <@ e.starts and start_at > at + interval '2 hours'
         and not exists (select from waitlist_steps p
                          where p.entry_id = e.id and p.slot_id = slot and p.what = 'passed_over');
    end;
  `;
}
