import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ROOT } from '../start/settings.mjs';

const { Client } = createRequire(join(ROOT, 'package.json'))('pg');

/** The schemas that state and hear facts. */
export const SCHEMAS = ['accounts', 'availability', 'booking', 'calendar_sync', 'notification'];

/** What people are told of bookings, and platforms may hear as well. */
const BOOKINGS = [
  'BookingConfirmed',
  'BookingRescheduled',
  'BookingCanceled',
  'BookingRefunded',
  'PaymentFailed',
  'LessonConflicted',
  'LessonLinkReady',
  'ProposalMade',
  'ProposalAnswered',
  'WaitlistOffered',
  'SlotHeld',
  'SlotReleased',
  'BookingPendingPayment',
  'BookingCompleted',
  'BookingNoShow',
  'SeriesBooked',
  'SeriesDatesSkipped',
].map((name) => `booking.${name}`);
const CONNECTIONS = ['CalendarConnected', 'CalendarDisconnected', 'CalendarSyncFailed', 'CalendarSyncRecovered'].map(
  (name) => `calendar-sync.${name}`,
);

const PRIVACY = ['accounts.UserErased', 'accounts.ExportRequested'];

/** Which types each consumer group hears; a group that is missing here fails the proof. */
const HEARD = {
  ...Object.fromEntries(
    ['availability', 'booking', 'calendar-sync', 'notification'].map((service) => [`${service}.privacy`, PRIVACY]),
  ),
  'accounts.export-parts': ['availability', 'booking', 'calendar-sync', 'notification'].map(
    (service) => `${service}.ExportPart`,
  ),
  'booking.slots': ['availability.OpeningsPublished'],
  'availability.busy': ['calendar-sync.CalendarBusyChanged', ...CONNECTIONS],
  'booking.calendars': ['LessonEventCreated', 'LessonMeetingCreated', 'LessonEventMoved', 'LessonEventRemoved'].map(
    (name) => `calendar-sync.${name}`,
  ),
  'calendar-sync.people': ['accounts.UserChanged'],
  'calendar-sync.lessons': [
    'BookingConfirmed',
    'BookingRescheduled',
    'BookingCanceled',
    'LessonLinkReady',
    'ProposalAnswered',
  ].map((name) => `booking.${name}`),
  'calendar-sync.meetings': ['BookingConfirmed', 'BookingRescheduled', 'BookingCanceled'].map(
    (name) => `booking.${name}`,
  ),
  'notification.calendars': CONNECTIONS,
  'availability.taken': [
    'SlotHeld',
    'SlotReleased',
    'BookingPendingPayment',
    'BookingConfirmed',
    'BookingRescheduled',
    'BookingCanceled',
  ].map((name) => `booking.${name}`),
  'notification.recipients': ['accounts.UserChanged'],
  'notification.bookings': BOOKINGS,
  'notification.webhooks': [
    ...BOOKINGS,
    'booking.SlotsChanged',
    'availability.OpeningsPublished',
    'notification.NotificationFailed',
    ...CONNECTIONS,
  ],
};

const TABLES = /* sql */ `
  create schema proof;
  -- Every fact that a service committed to its outbox: written by a trigger, so in the transaction that stated it.
  create table proof.history (n bigint generated always as identity, event_id uuid, key text, type text, envelope jsonb);
  -- What the log holds, in its order within each part.
  create table proof.log (n bigint generated always as identity, event_id uuid, envelope jsonb);
  create table proof.hearing (consumer_group text, type text);
  create table proof.receipts (consumer_group text, event_id uuid);
  create table proof.orders (n int, slot_id uuid, student_id uuid, booking_id uuid, refusal text);
  create table proof.inbox (message_id text, "to" text);
  create table proof.calendars (email text, booking_id uuid, start_at timestamptz, end_at timestamptz, link text);
  create table proof.deaths (service text, kills int, own int);

  create function proof.note() returns trigger language plpgsql security definer as $$
  begin
    insert into proof.history (event_id, key, type, envelope) values (new.event_id, new.key, new.type, new.envelope);
    return null;
  end $$;
`;

/** Makes the schema in which the proof keeps what it saw, and a trigger that writes down what every outbox is given. */
export async function makeProofSchema(adminUrl) {
  const client = await connect(adminUrl);
  try {
    const triggers = SCHEMAS.map(
      (schema) => `create trigger proof after insert on ${schema}.outbox for each row execute function proof.note();`,
    );
    await client.query(TABLES + triggers.join('\n'));
    await insert(client, 'hearing', Object.entries(HEARD).flatMap(hearing));
  } finally {
    await client.end();
  }
}

const hearing = ([group, types]) => types.map((type) => ({ consumer_group: group, type: `scheduling.${type}.v1` }));

/** A connection of the administrator's. */
export async function connect(adminUrl) {
  const client = new Client({ connectionString: adminUrl, application_name: 'proof' });
  await client.connect();
  return client;
}

/** Adds rows to a table of the proof's schema. */
export async function insert(client, table, rows) {
  if (rows.length === 0) return;
  const columns = Object.keys(rows[0])
    .map((name) => client.escapeIdentifier(name))
    .join(', ');
  await client.query(
    `insert into proof.${table} (${columns}) select ${columns} from jsonb_populate_recordset(null::proof.${table}, $1)`,
    [JSON.stringify(rows)],
  );
}
