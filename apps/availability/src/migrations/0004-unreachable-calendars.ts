import { ForwardOnly } from '@scheduling/persistence';

export class UnreachableCalendars1795620000000 extends ForwardOnly {
  override readonly sql = /* sql */ `
    -- What a tutor offers while their calendars cannot be read.
    alter table tutor_settings
      add column on_unreachable text not null default 'last_known'
        check (on_unreachable in ('last_known', 'closed', 'open'));

    -- The newest word about each person's connection to their calendars; also of people who do not teach yet.
    create table calendar_connections (
      person_id   uuid        primary key,
      version     bigint      not null,
      known_until timestamptz, -- Null: they can be read, or none is connected.
      lapsed_at   timestamptz  -- When what is known became too old, and the openings followed.
    );
    -- What becomes too old is looked for every few minutes.
    create index connections_to_lapse on calendar_connections (known_until) where known_until is not null and lapsed_at is null;
  `;
}
