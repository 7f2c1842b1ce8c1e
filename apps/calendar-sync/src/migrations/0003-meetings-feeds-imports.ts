import { ForwardOnly } from '@scheduling/persistence';

export class MeetingsFeedsImports1795600200000 extends ForwardOnly {
  override readonly sql = /* sql */ `
    -- Where each lesson takes place, as its tutor had chosen when it was confirmed. The row is the job: it says what should be at Zoom.
    create table meetings (
      id              uuid        primary key default gen_random_uuid(),
      booking_id      uuid        not null unique,
      tutor_id        uuid        not null,
      provider        text        not null check (provider in ('google_meet', 'zoom', 'link')),
      version         bigint      not null, -- What booking last said of the lesson.
      start_at        timestamptz not null,
      end_at          timestamptz not null,
      is_wanted       boolean     not null,
      meeting_id      text,                 -- What Zoom calls the meeting; none until it has answered.
      join_link       text,
      is_asked        boolean     not null default false, -- A meeting was asked for, and nobody knows whether it was made.
      written_version bigint,               -- The version that Zoom has.
      state           text        not null check (state in ('idle', 'planned', 'working')),
      attempts        int         not null default 0,
      next_attempt_at timestamptz not null,
      lease_until     timestamptz,
      last_error      text,                 -- A code, never what a provider wrote.
      check ((state = 'working') = (lease_until is not null))
    );
    create index meetings_due on meetings (next_attempt_at) where state in ('planned', 'working');

    -- Who knows the secret reads the lessons of this person. It is kept as SHA-256: whoever reads the table cannot.
    create table feeds (
      user_id      uuid        primary key,
      secret_hash  bytea       not null unique,
      created_at   timestamptz not null,
      last_read_at timestamptz
    );

    -- Calendar files that take time from what a person offers. The row is the job: it is due each half hour.
    create table calendar_imports (
      id              uuid        primary key default gen_random_uuid(),
      user_id         uuid        not null,
      name            text        not null,
      host            text        not null, -- All that is shown of the address, which is a secret.
      address         text        not null, -- Encrypted, with the id of its key in front.
      created_at      timestamptz not null,
      etag            text,
      last_modified   text,
      window_end      timestamptz,          -- Until when its rules have been worked out.
      read_at         timestamptz,          -- When it was last read, or had not changed.
      last_error      text,                 -- A code; null while all is well.
      last_error_at   timestamptz,
      state           text        not null check (state in ('planned', 'working')),
      attempts        int         not null default 0,
      next_attempt_at timestamptz not null,
      lease_until     timestamptz,
      check ((state = 'working') = (lease_until is not null))
    );
    create index imports_of on calendar_imports (user_id, created_at);
    create index imports_due on calendar_imports (next_attempt_at);
  `;
}
