import type { PersonId } from '@scheduling/domain';
import type { Database, Tx } from './database.ts';

/** How many personal parts one run lets go; the next one takes the rest. */
const LET_GO = 5000;

/** Lets personal parts go that are older than so many days; the chain stands without them. Answers how many went. */
export const letPrivateGo = (db: Database, days: number): Promise<number> =>
  db.transaction(async (tx) => {
    const gone = await tx.sql<{ entry_id: string }>`
      delete from audit_private
       where entry_id in (select entry_id from audit_private
                           where entry_id <= (select entry_id from audit_seals
                                               where day < (${tx.now}::timestamptz at time zone 'UTC')::date - ${days}::int
                                               order by day desc, position desc limit 1)
                           order by entry_id limit ${LET_GO})
      returning entry_id`;
    return gone.length;
  });

/** Lets the personal parts go of all that a person has done: what they did stays, and the chain stands. */
export async function forgetPrivateOf(tx: Tx, person: PersonId): Promise<void> {
  await tx.sql`delete from audit_private where entry_id in (select id from audit_trail where actor = ${person})`;
}
