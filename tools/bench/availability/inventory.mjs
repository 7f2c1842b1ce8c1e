import { randomUUID } from 'node:crypto';
import { withoutIndexes } from '../indexes.mjs';
import { filledDays, LESSONS_A_DAY, slotsOf } from './calendar.mjs';

/** An inventory of its own in a database of its own, made once. */
export const inventory = ({ house, everything }, name) =>
  house.once(name, async () => {
    const database = await house.database('accounts', 'booking');
    return new Inventory(database, await house.connect(database, 'booking', everything));
  });

/**
 * Booking's tables, filled by SQL as the nights would have: day by day, all tutors of a day beside each other.
 * Tutors begin at different hours; their prices differ; one lesson a day is booked by a student.
 */
class Inventory {
  tutors = [];

  constructor(database, client) {
    Object.assign(this, { database, client });
  }

  /** Adds tutors with their eight weeks until there are so many, the indexes built afterwards. */
  async growTo(tutors, signal) {
    const first = this.tutors.length;
    const added = Array.from({ length: tutors - first }, () => randomUUID());
    if (added.length === 0) return;
    await this.client.query(
      `insert into schedules (tutor_id, version, timezone, currency, buffer_before_minutes, buffer_after_minutes, minimum_notice_minutes)
       select id, 1, 'Europe/Kyiv', 'USD', 0, 0, 120 from unnest($1::uuid[]) as id`,
      [added],
    );
    await withoutIndexes(this.client, ['slots', 'claims'], async () => {
      for (const [nth, midnight] of filledDays.entries()) {
        signal.throwIfAborted();
        await this.client.query(FILL, [added, first, midnight, nth, LESSONS_A_DAY]);
      }
    });
    await this.client.query('vacuum (analyze) slots, claims, schedules');
    this.tutors.push(...added);
  }

  /** How many slots there are. */
  get slots() {
    return slotsOf(this.tutors.length);
  }
}

const FILL = `
  with filled as (
    insert into slots (tutor_id, start_at, end_at, price_cents, currency, capacity, offered, status)
    select tutor.id, start_at, start_at + interval '1 hour', 1500 + (tutor.n + $2) % 60 * 50, 'USD', 1, true,
           case when hour = (tutor.n + $4) % $5 then 'booked' else 'open' end
      from unnest($1::uuid[]) with ordinality as tutor (id, n), generate_series(0, $5::int - 1) as hour,
           lateral (select $3::timestamptz + make_interval(hours => (6 + (tutor.n + $2) % 7 + hour)::int) as start_at) as its
    returning id, tutor_id, start_at, end_at, status)
  insert into claims (slot_id, person_id, seat, during, expires_at)
  select id, person, seat, tstzrange(start_at, end_at), null
    from filled, lateral (values (tutor_id, 0), (gen_random_uuid(), 1)) as claim (person, seat)
   where status = 'booked'`;
