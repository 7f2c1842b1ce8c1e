import { ForwardOnly } from '@scheduling/persistence';

export class CalendarsAndProposals1795610000000 extends ForwardOnly {
  override readonly sql = /* sql */ `
    -- Whose link it is: the platform's own until somebody gives a better one.
    alter table bookings add join_link_source text not null default 'template'
      check (join_link_source in ('template', 'google', 'zoom', 'link'));

    -- What somebody asked of the other of a lesson by what they did in their own calendar.
    create table proposals (
      id              uuid        primary key,
      number          bigint      generated always as identity, -- The order in which they were made.
      booking_id      uuid        not null references bookings,
      booking_version int         not null check (booking_version > 0), -- Any later version overtakes it.
      kind            text        not null check (kind in ('reschedule', 'cancel')),
      proposed_by     uuid        not null,
      new_slot_id     uuid        references slots, -- Null where the tutor offers nothing at that time.
      new_start_at    timestamptz,
      new_end_at      timestamptz,
      status          text        not null
        check (status in ('open', 'accepted', 'refused', 'expired', 'impossible', 'overtaken')),
      answered_by     uuid,
      made_at         timestamptz not null,
      expires_at      timestamptz not null,
      ended_at        timestamptz,

      check ((kind = 'reschedule') = (new_start_at is not null) and (kind = 'reschedule') = (new_end_at is not null)),
      check (new_slot_id is null or kind = 'reschedule'),
      check (new_slot_id is not null or kind = 'cancel' or status in ('impossible', 'overtaken')),
      check ((status = 'open') = (ended_at is null)),
      check ((status in ('accepted', 'refused')) = (answered_by is not null))
    );
    create index proposals_of_booking on proposals (booking_id, number);
    -- What every change of a booking ends: empty as a rule. Each of the two asks for one thing at a time.
    create unique index proposals_open on proposals (booking_id, proposed_by) where status = 'open';
    create index proposals_expiring on proposals (expires_at) where status = 'open';
  `;
}
