import type { Database, Tx } from './database.ts';

/** How many rows one statement takes away: a transaction of tens of milliseconds, which nobody has to wait for. */
const BATCH = 5000;

/** Rows that are of use for a while only. */
export interface Passing {
  readonly table: string;
  /** The instant from which a row's time counts; an index begins with it, and a row without one stays. */
  readonly since: string;
  /** Which of them may go; all may unless it is said. It is part of the index, if that has only some of the rows. */
  readonly among?: string;
}

/**
 * Takes away the rows of a table that are older than so many hours, a batch a transaction, the oldest first; answers how many went.
 * Rows that somebody is at are passed over: the next run meets them again. So any number of replicas may run it at once.
 */
export const prune = (db: Database, { table, since, among = 'true' }: Passing, hours: number): Promise<number> =>
  inBatches(db, async (tx, limit) => {
    const [gone] = await tx.query<{ rows: number }>(
      `with gone as (
         delete from ${table}
          where ctid = any(array(select ctid from ${table}
                                  where ${since} < $1::timestamptz - make_interval(hours => $2::int) and ${among}
                                  order by ${since} limit $3
                                    for update skip locked))
         returning 1)
       select count(*)::int as rows from gone`,
      [tx.now, hours, limit],
    );
    return gone!.rows;
  });

/** Takes rows away a batch a transaction until there are none left to take; answers how many went. */
export async function inBatches(
  db: Database,
  remove: (tx: Tx, limit: number) => Promise<number>,
  limit = BATCH,
): Promise<number> {
  for (let rows = 0; ;) {
    const batch = await db.transaction((tx) => remove(tx, limit));
    if (batch === 0) return rows;
    rows += batch;
  }
}
