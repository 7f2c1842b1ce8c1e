/**
 * The event log for as long as no Kafka is set: one schema beside the services' own, made by an administrator.
 * It is asked for at each deployment, beside those who read and write: what is there is not touched, since even that would lock
 * it for a moment, and everybody would wait behind whoever waits for that moment. So a policy that changes gets another name.
 */
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

  create table if not exists bus.offsets (
    grp     text        not null,
    part    smallint    not null,
    pos     bigint      not null default 0,
    next_at timestamptz not null default '-infinity',
    primary key (grp, part)
  ) with (fillfactor = 50);

  -- A service says only what is its own to say, takes only that back, and moves only its own groups.
  do $make$
  declare
    there constant text[] := array(select policyname from pg_policies where schemaname = 'bus');
    open constant text[] := array(select relname from pg_class
                                   where relnamespace = 'bus'::regnamespace and relkind = 'r' and not relrowsecurity);
  begin
    if to_regclass('bus.log_by_part') is null then create index log_by_part on bus.log (part, pos); end if;
    if 'log' = any(open) then alter table bus.log enable row level security; end if;
    if 'offsets' = any(open) then alter table bus.offsets enable row level security; end if;
    if 'read_all' <> all(there) then create policy read_all on bus.log for select using (true); end if;
    if 'state_own' <> all(there) then
      create policy state_own on bus.log for insert with check (topic = 'scheduling.' || replace(current_user, '_', '-'));
    end if;
    if 'forget_own' <> all(there) then
      create policy forget_own on bus.log for delete using (topic = 'scheduling.' || replace(current_user, '_', '-'));
    end if;
    if 'move_own' <> all(there) then
      create policy move_own on bus.offsets using (split_part(grp, '.', 1) = replace(current_user, '_', '-'));
    end if;
  end $make$;

  -- How far every group has come in each part. A service sees only its own groups, yet must not take from the others what they
  -- have still before them: this much of them it is told.
  create or replace function bus.passed() returns table (part smallint, pos bigint)
    language sql stable security definer set search_path = ''
    as 'select part, min(pos) from bus.offsets group by part';
`;

/**
 * What housekeeping goes by: each is made without holding up those who write, and therefore in a statement of its own.
 * The states of people are not among what goes by age: they would stand at the head of it for good.
 */
export const BUS_INDEXES = [
  `create index concurrently if not exists log_by_age on bus.log (topic, logged_at)
    where not type in ('scheduling.accounts.UserChanged.v1', 'scheduling.accounts.UserErased.v1')`,
  `create index concurrently if not exists log_of_people on bus.log (key, pos) where topic = 'scheduling.accounts'`,
];
