/** The event log for as long as no Kafka is set: one schema beside the services' own, made by an administrator. */
export const BUS = /* sql */ `
  create schema if not exists bus;

  create table if not exists bus.log (
    pos       bigint generated always as identity primary key,
    part      smallint    not null,
    topic     text        not null,
    key       text        not null,
    type      text        not null,
    event_id  uuid        not null unique,
    envelope  jsonb       not null,
    logged_at timestamptz not null default clock_timestamp()
  );
  create index if not exists log_by_part on bus.log (part, pos);

  create table if not exists bus.offsets (
    grp     text        not null,
    part    smallint    not null,
    pos     bigint      not null default 0,
    next_at timestamptz not null default '-infinity',
    primary key (grp, part)
  ) with (fillfactor = 50);

  -- A service says only what is its own to say, and moves only its own groups.
  alter table bus.log enable row level security;
  alter table bus.offsets enable row level security;
  drop policy if exists read_all on bus.log;
  drop policy if exists state_own on bus.log;
  drop policy if exists move_own on bus.offsets;
  create policy read_all on bus.log for select using (true);
  create policy state_own on bus.log for insert with check (topic = 'scheduling.' || replace(current_user, '_', '-'));
  create policy move_own on bus.offsets using (split_part(grp, '.', 1) = replace(current_user, '_', '-'));
`;
