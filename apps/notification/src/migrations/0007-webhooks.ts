import { ForwardOnly } from '@scheduling/persistence';

export class Webhooks1795720000002 extends ForwardOnly {
  override readonly sql = /* sql */ `
    -- Where platforms hear of what happens here, and how they have answered lately.
    create table webhook_endpoints (
      id              uuid        primary key default gen_random_uuid(),
      url             text        not null check (length(url) <= 2000),
      event_types     text[]      not null check (cardinality(event_types) between 1 and 100), -- Names of events; * is all.
      description     text        not null,
      is_enabled      boolean     not null default true,
      disabled_reason text,
      created_at      timestamptz not null,
      is_behind       boolean     not null default false, -- One at a time, in order, until nothing is due any more.
      failures        int         not null default 0,     -- In a row.
      failing_since   timestamptz, -- The first of them.
      rests_until     timestamptz, -- Then it is asked again.

      check (is_enabled = (disabled_reason is null)),
      check ((failures = 0) = (failing_since is null))
    );

    -- What signs; whoever reads it can speak in our name.
    create table webhook_secrets (
      id          bigint      primary key generated always as identity,
      endpoint_id uuid        not null references webhook_endpoints (id) on delete cascade,
      secret      text        not null,
      created_at  timestamptz not null,
      expires_at  timestamptz -- The current one has none.
    );
    create unique index webhook_secrets_current on webhook_secrets (endpoint_id) where expires_at is null;
    create index webhook_secrets_of_endpoint on webhook_secrets (endpoint_id);

    -- What was stated that some endpoint wants, as the bytes that go out: each try and each endpoint gets the same.
    create table webhook_events (
      id   uuid        primary key,
      name text        not null,
      at   timestamptz not null,
      body text        not null
    );

    -- Log and queue in one: what goes where, and what became of it.
    create table webhook_deliveries (
      id              uuid        primary key default gen_random_uuid(),
      seq             bigint      not null generated always as identity, -- The order in which events were heard.
      endpoint_id     uuid        not null references webhook_endpoints (id) on delete cascade,
      event_id        uuid        not null references webhook_events (id),
      state           text        not null default 'planned' check (state in ('planned', 'working', 'delivered', 'dead')),
      attempts        int         not null default 0,
      next_attempt_at timestamptz not null,
      lease_until     timestamptz,
      last_status     int,
      last_error      text,
      created_at      timestamptz not null,
      delivered_at    timestamptz,

      check ((state = 'working') = (lease_until is not null)),
      check (state <> 'delivered' or delivered_at is not null),
      constraint webhook_deliveries_once unique (event_id, endpoint_id)
    );
    -- What is due to each endpoint, in the order in which it goes.
    create index webhook_deliveries_due on webhook_deliveries (endpoint_id, next_attempt_at, seq)
      where state in ('planned', 'working');
    create index webhook_deliveries_underway on webhook_deliveries (endpoint_id) where state = 'working';
    create index webhook_deliveries_log on webhook_deliveries (endpoint_id, seq desc);
    -- What is old.
    create index webhook_deliveries_done on webhook_deliveries (delivered_at) where state = 'delivered';
    create index webhook_events_by_age on webhook_events (at);
  `;
}
