// What only the world outside brings, or a fault, is written into the tables as the services would write it.

const BOOKING = `
  insert into booking.stripe_events (id, type, object_id, stated_at, state, next_attempt_at, received_at)
  select gen_random_uuid()::text, 'payment_intent.succeeded', 'pi', $1, 'done', $1, $1 from generate_series(1, 6);
`;
const PAYMENTS = `
  insert into booking.payments (id, goal, state, outcome, amount_cents, currency, next_attempt_at, created_at, settled_at)
  select id, 'release', 'settled', 'released', price_cents, currency, $1, $1, $1 from booking.holds h
   where status = 'lapsed' and price_cents > 0 and not exists (select from booking.payments p where p.id = h.id)
   order by number desc limit 2`;
const PROPOSALS = `
  insert into booking.proposals (id, booking_id, booking_version, kind, proposed_by, status, made_at, expires_at, ended_at)
  select gen_random_uuid(), id, version, 'cancel', student_id, 'expired', $1, $1, $1 from booking.bookings order by created_at desc limit 2`;
const MINIMUMS = `
  insert into booking.slot_minimums (slot_id, tutor_id, minimum_attendance, decide_at, decided_at)
  select id, tutor_id, 1, start_at, $1 from booking.slots s
   where start_at > $1 and not exists (select from booking.slot_minimums m where m.slot_id = s.id) order by start_at limit 2`;
const BUSY = `
  with sown as (
    insert into calendar_sync.busy_events (source_id, user_id, event_id, start_at, end_at)
    select gen_random_uuid(), gen_random_uuid(), 'event', $1::timestamptz + n * interval '1 hour', $1::timestamptz + n * interval '2 hours'
      from generate_series(1, 10) as n returning *)
  insert into availability.busy_windows (tutor_id, start_at, end_at) select user_id, start_at, end_at from sown`;
const REPAIRS = `
  insert into calendar_sync.repairs (user_id, booking_id, kind, found_at)
  select gen_random_uuid(), gen_random_uuid(), 'missing', $1 from generate_series(1, 3)`;
const DEVICES = `
  with device as (
    insert into notification.push_devices (user_id, platform, address, created_at, last_used_at)
    select gen_random_uuid(), 'ios', gen_random_uuid()::text, $1, $1::timestamptz - interval '200 days' from generate_series(1, 3)
    returning id)
  insert into notification.push_receipts (message_id, device_id)
  select m.id, device.id from device, (select id from notification.messages order by created_at desc limit 2) as m`;
const TEXTS = `
  insert into notification.sms_replies (sid, heard_at) select gen_random_uuid()::text, $1 from generate_series(1, 3)`;
const STATUSES = `
  insert into notification.sms_statuses (sid, message_id, outcome, heard_at)
  select gen_random_uuid()::text, id, 'sent', $1 from notification.messages order by created_at desc limit 2`;
const HOOKS = `
  with endpoint as (
    insert into notification.webhook_endpoints (id, url, event_types, description, is_enabled, disabled_reason, created_at)
    values ('00000000-0000-4000-8000-000000000001', 'https://example.org', '{*}', '', false, 'turned off', $1)
    on conflict (id) do update set description = '' returning id),
  event as (
    insert into notification.webhook_events (id, name, at, body)
    select gen_random_uuid(), 'BookingConfirmed', $1, '{}' from generate_series(1, 9) returning id)
  insert into notification.webhook_deliveries (endpoint_id, event_id, state, next_attempt_at, created_at, delivered_at)
  select endpoint.id, event.id, state, $1, $1, case when state = 'delivered' then $1::timestamptz end
    from endpoint, (select id, (array['delivered', 'dead', 'planned'])[1 + row_number() over () % 3] as state from event) as event`;
const deadLetters = (schema) => `
  insert into ${schema}.dead_letters (consumer_group, event_id, envelope, error, attempts, died_at, resolved_at)
  select '${schema}.year', gen_random_uuid(), '{}', 'Error', 8, $1, $1 from generate_series(1, 2)`;

const requests = (schema) => `
  insert into ${schema}.operator_requests (action, consumer_group, asked_at, state, ended_at)
  select 'pause', '${schema}.year', $1, 'done', $1 from generate_series(1, 2)`;

const SCHEMAS = ['accounts', 'availability', 'booking', 'calendar_sync', 'notification'];
const ALL = [
  ...SCHEMAS.flatMap((schema) => [deadLetters(schema), requests(schema)]),
  BOOKING,
  PAYMENTS,
  PROPOSALS,
  MINIMUMS,
  BUSY,
  REPAIRS,
  DEVICES,
  TEXTS,
  STATUSES,
  HOOKS,
];

/** Writes what a step of some days brings from outside, as of an instant. */
export async function sow(database, at) {
  for (const statement of ALL) await database.query(statement.replace(/;\s*$/, ''), [at]);
}
