import { ForwardOnly } from '@scheduling/persistence';

export class FullSettingsOverrides1795390000000 extends ForwardOnly {
  override readonly sql = /* sql */ `
    alter table tutor_settings
      alter column timezone drop not null, -- Null for a tutor who has not said.
      add column start_step_minutes        int check (start_step_minutes between 5 and 240), -- Null: as long as a lesson.
      add column maximum_lessons_per_day   int check (maximum_lessons_per_day between 1 and 96),
      add column maximum_lessons_per_week  int check (maximum_lessons_per_week between 1 and 672),
      add column capacity                  int not null default 1 check (capacity between 1 and 1000),
      add column cancellation_policy_id    uuid;

    alter table availability_blocks
      -- The wall time at which a rule begins: it stays when the zone's rules change, and it may lie in a gap.
      add column start_wall     timestamp,
      add column rdates         timestamptz[] not null default '{}',
      -- When the last of it ends, where a rule says so: nobody need read it after that.
      add column over_at        timestamptz,
      -- Null: the settings' own.
      add column lesson_minutes int check (lesson_minutes between 15 and 240),
      add column price_cents    int check (price_cents >= 0),
      add column capacity       int check (capacity between 1 and 1000);

    alter table time_off_blocks
      add column rrule      text,
      add column timezone   text          not null default 'UTC',
      add column start_wall timestamp,
      add column over_at    timestamptz,
      add column exdates    timestamptz[] not null default '{}';

    create table date_overrides (
      id             uuid        primary key,
      tutor_id       uuid        not null,
      on_date        date        not null,
      timezone       text        not null,
      mode           text        not null check (mode in ('extra', 'instead')),
      hours          jsonb       not null, -- [{"start": "09:00", "end": "12:00"}], on the wall clock of the zone.
      lesson_minutes int         check (lesson_minutes between 15 and 240),
      price_cents    int         check (price_cents >= 0),
      capacity       int         check (capacity between 1 and 1000),
      created_at     timestamptz not null,
      updated_at     timestamptz not null,
      deleted_at     timestamptz
    );
    create unique index override_of_date on date_overrides (tutor_id, on_date) where deleted_at is null;
  `;
}
