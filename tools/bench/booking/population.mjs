import { createHash } from 'node:crypto';

const TUTORS = 2_000;
const STUDENTS = 20_000;
const HOUR = 3_600_000;
/** Lessons begin beyond every tutor's notice, on whole hours. */
const FIRST = Math.ceil(Date.now() / HOUR) * HOUR + 48 * HOUR;

/** The nth id of a kind, in JavaScript and in SQL: a UUID of version 4 by its form, spread over an index as random ones are. */
const idOf = (kind, n) =>
  createHash('md5')
    .update(`${kind}${n}`)
    .digest('hex')
    .replace(/^(.{8})(.{4}).(.{3}).(.{3})/, '$1-$2-4$3-8$4-');
const idInSql = (kind, n) => `overlay(overlay(md5('${kind}' || ${n}) placing '4' from 13) placing '8' from 17)::uuid`;

/** The nth lesson of all: whose it is and when, so that nobody is in two at once and no student holds too many. */
export const lessonOf = (n) => ({
  slotId: idOf('slot', n),
  tutorId: idOf('tutor', n % TUTORS),
  studentId: idOf('student', n % STUDENTS),
  startAt: new Date(FIRST + Math.floor(n / TUTORS) * HOUR),
});

/** What a value of a lesson is in SQL where `n` is the lesson's number. */
export const SQL = {
  slotId: (n) => idInSql('slot', `${n}::int`),
  tutorId: (n) => idInSql('tutor', `${n}::int % ${TUTORS}`),
  studentId: (n) => idInSql('student', `${n}::int % ${STUDENTS}`),
  holdId: (n) => idInSql('hold', `${n}::int`),
  n: (n) => `${n}::int`,
  startAt: (n) => `(timestamptz '${new Date(FIRST).toISOString()}' + ${n}::int / ${TUTORS} * interval '1 hour')`,
};

/** Fills booking's tables with so many lessons to take, tutors, and students with credits enough. */
export async function populate(client, lessons) {
  await client.query(
    `insert into schedules (tutor_id, version, timezone, currency, buffer_before_minutes, buffer_after_minutes, minimum_notice_minutes)
     select ${idInSql('tutor', 'n')}, 1, 'Europe/Kyiv', 'USD', 0, 0, 120 from generate_series(0, ${TUTORS - 1}) as n`,
  );
  await client.query(
    `insert into balances (person_id, currency, balance_cents, changed_at)
     select ${idInSql('student', 'n')}, 'USD', 1000000000, now() from generate_series(0, ${STUDENTS - 1}) as n`,
  );
  await client.query(
    `insert into slots (id, tutor_id, start_at, end_at, price_cents, currency, capacity, offered, status)
     select ${SQL.slotId('n')}, ${SQL.tutorId('n')}, ${SQL.startAt('n')}, ${SQL.startAt('n')} + interval '1 hour',
            2500, 'USD', 1, true, 'open'
       from generate_series(0, ${lessons - 1}) as n`,
  );
  await client.query(BOOKED, [lessons, lessons + BOOKED_BEFORE - 1]);
  await client.query('vacuum (analyze)');
}

/** Lessons that were booked before: nobody begins with empty tables, and PostgreSQL plans by what is there. */
const BOOKED_BEFORE = 100_000;
const BOOKED = `
  with slot as (
    insert into slots (id, tutor_id, start_at, end_at, price_cents, currency, capacity, offered, status)
    select ${SQL.slotId('n')}, ${SQL.tutorId('n')}, ${SQL.startAt('n')}, ${SQL.startAt('n')} + interval '1 hour',
           2500, 'USD', 1, true, 'booked'
      from generate_series($1::int, $2::int) as n
  ), held as (
    insert into holds (id, slot_id, tutor_id, student_id, seat, status, price_cents, currency, start_at, end_at, policy, held_at, expires_at)
    select ${SQL.holdId('n')}, ${SQL.slotId('n')}, ${SQL.tutorId('n')}, ${SQL.studentId('n')}, 1, 'confirmed', 2500, 'USD',
           ${SQL.startAt('n')}, ${SQL.startAt('n')} + interval '1 hour', '{"full_refund_until_minutes":1440}',
           now() - interval '1 day', now() - interval '1 day'
      from generate_series($1::int, $2::int) as n
  ), claimed as (
    insert into claims (slot_id, person_id, seat, during)
    select ${SQL.slotId('n')}, person, seat, tstzrange(${SQL.startAt('n')}, ${SQL.startAt('n')} + interval '1 hour')
      from generate_series($1::int, $2::int) as n,
           lateral (values (${SQL.tutorId('n')}, 0), (${SQL.studentId('n')}, 1)) as claim (person, seat)
  )
  insert into bookings (id, slot_id, seat, student_id, tutor_id, start_at, end_at, status, price_cents, currency, payment_method,
                        join_link, policy, version, created_at, updated_at)
  select ${SQL.holdId('n')}, ${SQL.slotId('n')}, 1, ${SQL.studentId('n')}, ${SQL.tutorId('n')}, ${SQL.startAt('n')},
         ${SQL.startAt('n')} + interval '1 hour', 'confirmed', 2500, 'USD', 'credit', 'https://meet.example.org/',
         '{"full_refund_until_minutes":1440}', 1, now() - interval '1 day', now() - interval '1 day'
    from generate_series($1::int, $2::int) as n`;

const HOLD = '/api/v1/scheduling/booking/hold';
const CONFIRM = '/api/v1/scheduling/booking/confirm';

/** The requests that hold and book the nth lesson. */
export function pairOf(n, token) {
  const { slotId } = lessonOf(n);
  const headers = { authorization: `Bearer ${token}` };
  const post = (path, body, key) => ({
    method: 'POST',
    path,
    headers: { ...headers, 'idempotency-key': `${key}-${n}` },
    body: JSON.stringify(body),
  });
  return [
    post(HOLD, { slot_id: slotId }, 'hold'),
    post(CONFIRM, { slot_id: slotId, payment_method: 'credit' }, 'confirm'),
  ];
}

/** Hands out lessons that nobody has taken yet, with a token for the student of each. */
export class Lessons {
  #next = 0;
  #tokens = new Map();

  constructor(issuer, total) {
    Object.assign(this, { issuer, total });
  }

  /** The number of the first of so many lessons, which are the asker's now. */
  take(many) {
    const first = this.#next;
    this.#next += many;
    if (this.#next > this.total) throw new Error(`The bench has only ${this.total} lessons.`);
    return first;
  }

  /** The hold and the confirmation of each of so many lessons. */
  async pairs(many) {
    const first = this.take(many);
    return Promise.all(
      Array.from({ length: many }, async (_, i) => pairOf(first + i, await this.#tokenFor(first + i))),
    );
  }

  /** Tokens are made once a student. */
  #tokenFor(n) {
    const { studentId } = lessonOf(n);
    if (!this.#tokens.has(studentId)) this.#tokens.set(studentId, this.issuer.token({ id: studentId }));
    return this.#tokens.get(studentId);
  }
}
