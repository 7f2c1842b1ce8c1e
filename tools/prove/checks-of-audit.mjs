import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ROOT } from '../start/settings.mjs';
import { SCHEMAS } from './proof-schema.mjs';

const DONE = `
  select id, student_id, array['BookingConfirmed', 'BookingPendingPayment'] as actions from booking.bookings where series_id is null
  union all select id, student_id, array['SlotHeld'] from booking.holds where kind = 'student'`;
const UNGUARDED = 'alter table booking.audit_trail disable trigger user';
const LAST = `(select max(id) from booking.audit_trail where action = 'BookingConfirmed')`;

/** What the audit trail has of what students did, whatever died meanwhile. */
export const AUDIT = [
  () => ({
    name: 'the audit trail names the student of each hold and booking, each deed once',
    wrong: `
      select done.id, done.actions, count(entry.id) as times from (${DONE}) as done
        left join booking.audit_trail entry
          on entry.subject_id = done.id::text and entry.action = any(done.actions) and entry.actor = done.student_id
       group by done.id, done.actions having count(entry.id) = 0 or count(entry.id) <> count(distinct entry.action)`,
    tamperings: [
      `${UNGUARDED}; delete from booking.audit_trail where id = ${LAST}`,
      `${UNGUARDED}; update booking.audit_trail set actor = gen_random_uuid() where id = ${LAST}`,
      `insert into booking.audit_trail (at, actor, acting_as, action, subject_kind, subject_id, commitment)
       select at, actor, acting_as, action, subject_kind, subject_id, commitment from booking.audit_trail where id = ${LAST}`,
    ],
  }),
];

/** Follows the chains of all services; none may be broken, whoever was killed while sealing. */
export async function followTrails(database) {
  const { verifyTrail } = createRequire(join(ROOT, 'package.json'))('@scheduling/persistence');
  const [said, faults] = [[], []];
  for (const schema of SCHEMAS) {
    await database.query('begin isolation level repeatable read read only');
    await database.query(`set local search_path to ${schema}`);
    const trail = await verifyTrail(async (text, values) => (await database.query(text, values)).rows);
    await database.query('rollback');
    said.push(`${schema} ${trail.sealed} sealed, ${trail.waiting} waiting`);
    faults.push(...trail.faults.map((fault) => `${schema} ${fault}`));
  }
  return { name: `no audit trail is broken (${said.join('; ')})`, ok: faults.length === 0, said: faults.join('\n') };
}
