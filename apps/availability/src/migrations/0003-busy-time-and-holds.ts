import { ForwardOnly } from '@scheduling/persistence';

export class BusyTimeAndHolds1795446000000 extends ForwardOnly {
  override readonly sql = /* sql */ `
    -- Which reading of each person's calendars has been heard; also of people who do not teach yet.
    create table busy_calendars (
      person_id uuid   primary key,
      version   bigint not null
    );

    -- What those calendars say is taken, and nothing of what for; only what is not over.
    create table busy_windows (
      id       uuid        primary key default gen_random_uuid(),
      tutor_id uuid        not null,
      start_at timestamptz not null,
      end_at   timestamptz not null,
      check (start_at < end_at),
      -- A window that a new reading repeats keeps its id.
      constraint busy_windows_once unique (tutor_id, start_at, end_at)
    );

    alter table taken_windows
      add column expires_at            timestamptz, -- When a hold runs out; none for a lesson.
      -- The tutor's, as they were when the time was taken: a later change does not move a lesson's buffers.
      add column buffer_before_minutes int not null default 0,
      add column buffer_after_minutes  int not null default 0;
    update taken_windows t
       set buffer_before_minutes = s.buffer_before_minutes, buffer_after_minutes = s.buffer_after_minutes
      from tutor_settings s where s.tutor_id = t.tutor_id;

    -- Holds are asked for as well now.
    create index taken_by_tutor on taken_windows (tutor_id, start_at) where kind <> 'free';
    drop index taken_of_tutor;

    -- The last version that told all that the tutor wants; older or none where only the soonest part was told.
    alter table schedules add column whole_version bigint;
  `;
}
