import type { Tx } from '@scheduling/persistence';

/** What of a service's facts has not left for the log. */
export interface Backlog {
  /** Counted to ten thousand. */
  readonly waiting: number;
  /** 0 if none waits. */
  readonly oldestAgeSeconds: number;
}

/** How much waits in a service's outbox, and for how long. */
export async function outboxBacklog(tx: Tx): Promise<Backlog> {
  const [row] = await tx.sql<Backlog>`
    select (select count(*)::int from (select from outbox order by id limit 10000) as those) as waiting,
           coalesce((select greatest(0, extract(epoch from clock_timestamp() - (envelope ->> 'time')::timestamptz))
                       from outbox order by id limit 1), 0)::float8 as "oldestAgeSeconds"`;
  return row!;
}

/** How many dead letters each consumer group has that nobody has dealt with; a group without any is left out. */
export async function unresolvedDeadLetters(tx: Tx): Promise<Map<string, number>> {
  const rows = await tx.sql<{ group: string; letters: number }>`
    select consumer_group as group, count(*)::int as letters from dead_letters
     where resolved_at is null group by consumer_group`;
  return new Map(rows.map(({ group, letters }) => [group, letters]));
}
