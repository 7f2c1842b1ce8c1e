import { ForwardOnly } from '@scheduling/persistence';

export class RulesAndTakenTime1795349000000 extends ForwardOnly {
  override readonly sql = /* sql */ `
    create table tutor_settings (
      tutor_id               uuid        primary key,
      timezone               text        not null,
      lesson_minutes         int         not null check (lesson_minutes between 15 and 240),
      price_cents            int         not null check (price_cents >= 0),
      currency               text        not null,
      horizon_days           int         not null default 56 check (horizon_days between 1 and 366),
      minimum_notice_minutes int         not null check (minimum_notice_minutes >= 0),
      buffer_before_minutes  int         not null check (buffer_before_minutes >= 0),
      buffer_after_minutes   int         not null check (buffer_after_minutes >= 0),
      updated_at             timestamptz not null
    );

    create table availability_blocks (
      id              uuid          primary key,
      tutor_id        uuid          not null,
      start_at        timestamptz   not null,
      end_at          timestamptz   not null,
      is_recurring    boolean       not null,
      rrule           text,
      timezone        text          not null, -- The rule's wall clock; kept, so that slots can be made anew when zones change.
      timezone_source text          not null check (timezone_source in ('request', 'settings', 'token', 'default')),
      exdates         timestamptz[] not null,
      created_at      timestamptz   not null,
      deleted_at      timestamptz,
      check (start_at < end_at),
      check (is_recurring = (rrule is not null))
    );
    -- All that a tutor offers is read at each change.
    create index blocks_of_tutor on availability_blocks (tutor_id, created_at) where deleted_at is null;

    create table time_off_blocks (
      id         uuid        primary key,
      tutor_id   uuid        not null,
      start_at   timestamptz not null,
      end_at     timestamptz not null,
      created_at timestamptz not null,
      deleted_at timestamptz,
      check (start_at < end_at)
    );
    create index time_off_of_tutor on time_off_blocks (tutor_id, end_at) where deleted_at is null;

    -- How far each tutor's openings have been published, and under which version.
    create table schedules (
      tutor_id        uuid        primary key,
      version         bigint      not null,
      published_until timestamptz not null
    );

    -- What booking says of lessons, as far as it has been heard; a projection, so it decides nothing.
    create table taken_windows (
      id       uuid        primary key, -- The hold's id, which is the booking's.
      tutor_id uuid        not null,
      kind     text        not null check (kind in ('held', 'booked', 'free')), -- Free ones stay: they outrank what comes late.
      version  int         not null,
      start_at timestamptz,
      end_at   timestamptz
    );
    create index taken_of_tutor on taken_windows (tutor_id, start_at) where kind = 'booked';
  `;
}
