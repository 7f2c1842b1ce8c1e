import { ForwardOnly } from '@scheduling/persistence';

export class Connections1795600000000 extends ForwardOnly {
  override readonly sql = /* sql */ `
    -- One connection a person. Tokens and verifiers are kept encrypted, each with the id of its key in front.
    create table google_oauth_accounts (
      user_id          uuid        primary key,
      state            text        not null check (state in ('connected', 'reconnect_required')),
      version          bigint      not null, -- Grows with each word about this connection; it outlives a disconnection in busy_readings.
      google_email     text,                 -- The name of the primary calendar, once it has been read.
      access_token     text        not null,
      refresh_token    text        not null,
      expiry           timestamptz not null,
      scopes           text[]      not null,
      -- Of the connection before this one, until it is known whether it was to the same account at Google.
      former_email         text,
      former_refresh_token text,
      refreshing_until timestamptz,          -- The lease of the replica that asks for a new access token.
      connected_at     timestamptz not null,
      next_list_at     timestamptz not null,          -- When the list of their calendars is read again.
      next_compare_at  timestamptz not null,          -- When our lessons are compared with what their calendar holds.
      -- How the connection is doing.
      read_at          timestamptz,          -- When all watched calendars had last been read.
      failing_since    timestamptz,          -- Since when nothing came back; null while all is well.
      is_failure_told  boolean     not null default false,
      last_error       text,                 -- A code, never what a provider wrote.
      last_error_at    timestamptz,
      repaired_count   int         not null default 0
    );
    create index accounts_to_list on google_oauth_accounts (next_list_at) where state = 'connected';
    create index accounts_expiring on google_oauth_accounts (expiry) where state = 'connected';

    -- Grants that are to be given back: Google may have to be asked again and again.
    create table revocations (
      id              uuid        primary key default gen_random_uuid(),
      user_id         uuid        not null,
      google_email    text,
      refresh_token   text        not null, -- Encrypted.
      state           text        not null check (state in ('planned', 'working')),
      attempts        int         not null default 0,
      next_attempt_at timestamptz not null,
      lease_until     timestamptz,
      check ((state = 'working') = (lease_until is not null))
    );
    create index revocations_due on revocations (next_attempt_at);

    -- A consent that was asked for; used once, by whom it was made for.
    create table oauth_states (
      n             bigint      generated always as identity,
      state_hash    bytea       primary key, -- SHA-256: whoever reads the table cannot finish a consent.
      user_id       uuid        not null,
      code_verifier text        not null,    -- Encrypted.
      created_at    timestamptz not null,
      expires_at    timestamptz not null,
      used_at       timestamptz
    );
    create index oauth_states_of on oauth_states (user_id, n desc);
    create index oauth_states_over on oauth_states (expires_at);

    -- The calendars of a connected person. The row is the job: a push, a change of its flags or half an hour make it due.
    create table watched_calendars (
      id              uuid        primary key default gen_random_uuid(),
      user_id         uuid        not null,
      calendar_id     text        not null,
      summary         text        not null,
      timezone        text        not null,
      access_role     text        not null, -- freeBusyReader, reader, writer or owner.
      is_primary      boolean     not null,
      is_busy         boolean     not null, -- Whether it takes time from what its owner offers.
      is_written      boolean     not null, -- Whether lessons are written into it.
      sync_token      text,
      window_start    timestamptz,          -- What the sync token speaks of.
      window_end      timestamptz,
      synced_at       timestamptz,
      failing_since   timestamptz,          -- Since when it could not be read; null while it can.
      -- Work: 'idle' while nobody watches it, or its owner has to connect again.
      state           text        not null check (state in ('idle', 'planned', 'working')),
      attempts        int         not null default 0,
      next_attempt_at timestamptz not null,
      lease_until     timestamptz,
      asked_at        timestamptz not null, -- The newest wish for a reading; one that comes while it is read is not lost.
      unique (user_id, calendar_id),
      check ((state = 'working') = (lease_until is not null))
    );
    create unique index one_written_calendar on watched_calendars (user_id) where is_written;
    create index calendars_due on watched_calendars (next_attempt_at) where state in ('planned', 'working');

    -- What takes time in one source: a watched calendar, or a calendar file that is read from an address. Never what for.
    create table busy_events (
      source_id uuid        not null,
      user_id   uuid        not null,
      event_id  text        not null,
      start_at  timestamptz not null,
      end_at    timestamptz not null,
      primary key (source_id, event_id, start_at),
      check (start_at < end_at)
    );
    create index busy_events_of on busy_events (user_id, end_at);

    -- What was last said of a person's busy time, so that the same is not said again; and the counters of their versions.
    create table busy_readings (
      user_id            uuid   primary key,
      version            bigint not null default 0,
      digest             text,
      connection_version bigint not null default 0
    );

    -- Push channels at Google; a row is there before Google hears of it, since the first push may come before the answer.
    create table channels (
      id          uuid        primary key,
      calendar    uuid        not null references watched_calendars (id) on delete cascade,
      user_id     uuid        not null,
      token_hash  bytea       not null,
      resource_id text,                 -- None until Google has answered, or a push has told it.
      message_number bigint not null default 1, -- Of the newest push; one that comes twice, or late, is no news. The first is 1.
      expires_at  timestamptz not null,
      created_at  timestamptz not null
    );
    create index channels_of on channels (calendar);
    create index channels_expiring on channels (expires_at);
  `;
}
