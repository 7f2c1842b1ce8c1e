import { createRequire } from 'node:module';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { ROOT } from '../start/settings.mjs';

const require = createRequire(join(ROOT, 'package.json'));

const STUDENTS_A_TUTOR = 10;
const A_STATEMENT = 500;
const HOUR = 3_600_000;
const PARTS = 16;

/** Puts on the log, as the relays of accounts and booking would, that so many lessons of as many students are booked, all at `startAt`. */
export async function stateLessons(database, { many, startAt }) {
  const { UserChanged, BookingConfirmed } = require('@scheduling/contracts');
  const tutors = Array.from({ length: Math.ceil(many / STUDENTS_A_TUTOR) }, () => randomUUID());
  const facts = tutors.map((id, n) => person(UserChanged, id, `tutor${n}`));
  for (let n = 0; n < many; n += 1) {
    const student = randomUUID();
    facts.push(person(UserChanged, student, `student${n}`));
    facts.push(lesson(BookingConfirmed, { student_id: student, tutor_id: tutors[n % tutors.length] }, startAt));
  }
  for (let at = 0; at < facts.length; at += A_STATEMENT) await state(database, facts.slice(at, at + A_STATEMENT));
}

const person = (UserChanged, user_id, name) =>
  UserChanged.of({
    user_id,
    version: 1,
    email: `${name}@example.org`,
    name,
    roles: ['student'],
    timezone: 'Europe/Kyiv',
    locale: 'en',
  });

// Group lessons: a tutor has several students at the same time.
const lesson = (BookingConfirmed, people, startAt) =>
  BookingConfirmed.of({
    booking_id: randomUUID(),
    version: 1,
    slot_id: randomUUID(),
    ...people,
    start_at: startAt.toISOString(),
    end_at: new Date(startAt.getTime() + HOUR).toISOString(),
    status: 'confirmed',
    price_cents: 2500,
    currency: 'USD',
    payment_method: 'credit',
    join_link: 'https://meet.example.org/1',
    tutor_timezone: 'Europe/Kyiv',
  });

/** Writers of the log take turns, so that positions become visible in their order. */
async function state(database, facts) {
  const { seal } = require('@scheduling/events');
  const { topicOf } = require('@scheduling/contracts');
  const rows = facts.map((fact) => seal(fact, new Date()));
  await database.query('begin');
  await database.query("select pg_advisory_xact_lock(hashtextextended('bus', 0))");
  await database.query(
    `insert into bus.log (part, topic, key, type, event_id, envelope)
     select (hashtext(key) & 2147483647) % $2, topic, key, envelope ->> 'type', (envelope ->> 'id')::uuid, envelope
       from jsonb_to_recordset($1) as fact (topic text, key text, envelope jsonb)`,
    [
      JSON.stringify(rows.map((envelope) => ({ topic: topicOf(envelope.type), key: envelope.partitionkey, envelope }))),
      PARTS,
    ],
  );
  await database.query('commit');
}
