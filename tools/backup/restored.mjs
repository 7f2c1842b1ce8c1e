import { BOOKINGS } from '../prove/checks-of-bookings.mjs';
import { AUDIT } from '../prove/checks-of-audit.mjs';
import { FACTS } from '../prove/checks-of-facts.mjs';
import { MAILS } from '../prove/checks-of-mails.mjs';

/** Whether what was committed before the instant is there, and nothing of what came after. */
export async function asOf(database, instant, results, disaster) {
  const { rows } = await database.query('select id from booking.bookings');
  const kept = new Set(rows.map(({ id }) => id));
  const made = results.filter(({ booking_id: id }) => id);
  const [before, after] = [
    made.filter(({ answered }) => answered < instant),
    made.filter(({ asked }) => asked > instant),
  ];
  const lost = before.filter(({ booking_id: id }) => !kept.has(id));
  const stray = after.filter(({ booking_id: id }) => kept.has(id));
  const unknown = [...kept].filter((id) => !made.some(({ booking_id: made }) => made === id));
  const { rows: latest } = await database.query(
    `select max(at) as at from (select max(created_at) as at from booking.bookings union all select max(at) from booking.audit_trail) as all_of_it`,
  );
  return [
    {
      name: `the ${before.length} bookings answered before the instant are there`,
      ok: lost.length === 0,
      said: `${lost.length} are not, such as ${JSON.stringify(lost[0])}`,
    },
    {
      name: `none of the ${after.length} asked for after it is`,
      ok: stray.length === 0,
      said: JSON.stringify(stray[0]),
    },
    {
      name: `of the ${made.length - before.length - after.length} underway at the instant each is there or not, and nothing else is`,
      ok: unknown.length === 0 || unknown.length <= results.length - made.length,
      said: unknown.join(),
    },
    {
      name: 'nothing was written after the instant',
      ok: latest[0].at.getTime() <= instant,
      said: String(latest[0].at),
    },
    { name: `what the disaster took is there again (${disaster})`, ok: kept.size > 0 },
  ];
}

/** What the restored database has to have: of what was underway at the instant, that which it has. */
export async function keptOf(database, instant, results) {
  const { rows } = await database.query('select id, slot_id from booking.bookings');
  const bySlot = new Map(rows.map(({ id, slot_id: slot }) => [slot, id]));
  const isKept = ({ booking_id: id, answered, slot_id: slot }) => (id && answered < instant) || bySlot.has(slot);
  return results.filter(isKept).map((one) => ({ ...one, booking_id: one.booking_id ?? bySlot.get(one.slot_id) }));
}

/** What holds after every proof holds of the restored system too, when it has worked off what it had before it. */
export async function asAfterAnyProof(database, logKeepsOne) {
  const results = [];
  for (const check of [...BOOKINGS, ...FACTS, ...AUDIT, MAILS[0]]) {
    const { name, wrong } = check(logKeepsOne);
    const { rows } = await database.query(wrong);
    results.push({ name, ok: rows.length === 0, said: JSON.stringify(rows.slice(0, 2)) });
  }
  return results;
}
