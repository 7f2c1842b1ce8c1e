import type { Tx } from '@scheduling/persistence';

/** Of a larger table so many rows are looked at, taken by chance: shares are wanted, and it must cost the same at any size. */
const ENOUGH = 200_000;

/** How many of the slots that are offered in the coming seven days stand how; an estimate where there are very many. */
export async function slotsByStatus(tx: Tx): Promise<{ status: string; slots: number }[]> {
  const [size] = await tx.sql<{ percent: number }>`
    select least(100, ${ENOUGH}::float8 * 100 / greatest(reltuples, 1))::float8 as percent
      from pg_class where oid = 'slots'::regclass`;
  const { percent } = size!;
  return tx.sql`
    select status.name as status, round(count(found.status) * 100 / ${percent}::float8)::float8 as slots
      from unnest(array['open', 'held', 'booked']) as status (name)
      left join (select status from slots tablesample system (${percent}::float8)
                  where start_at >= ${tx.now} and start_at < ${tx.now}::timestamptz + interval '7 days') as found
             on found.status = status.name
     group by status.name`;
}

/** How many payments are not settled, and for how long the oldest has not been; those that wait for a date to come do not count. */
export async function unsettledPayments(tx: Tx): Promise<{ payments: number; oldestAgeSeconds: number }> {
  const [row] = await tx.sql<{ payments: number; oldestAgeSeconds: number }>`
    select count(*)::int as payments,
           coalesce(extract(epoch from ${tx.now}::timestamptz - min(created_at)), 0)::float8 as "oldestAgeSeconds"
      from payments
     where state <> 'settled' and goal <> 'await' and next_attempt_at <= ${tx.now}::timestamptz + interval '1 hour'`;
  return row!;
}
