import { AS_RECORDED, link, NO_HASH, type Recorded } from './audit-chain.ts';
import type { Database, Tx } from './database.ts';

/** The end of a chain, which whoever keeps it can find again. */
export interface Head {
  readonly day: string;
  readonly position: number;
  readonly hash: Buffer;
}

/** A head as it is logged and given to `npm run audit:verify`, after the name of its schema. */
export const writtenAs = ({ day, position, hash }: Head): string => `${day}:${position}:${hash.toString('hex')}`;

const BATCH = 1000;

/**
 * Seals the entries that have been committed since, and answers the new end; null where there was nothing to seal. An entry whose
 * transaction ends late is sealed behind those with later ids: writers wait for nobody.
 */
export async function sealTrail(db: Database): Promise<Head | null> {
  let end: Head | null = null;
  for (let after = '0'; ;) {
    const entries: Recorded[] = await db.transaction(async (tx) => {
      const [batch, head] = await sealBatch(tx, after);
      end = head ?? end;
      return batch;
    });
    if (entries.length < BATCH) return end;
    after = entries.at(-1)!.id;
  }
}

async function sealBatch(tx: Tx, after: string): Promise<[entries: Recorded[], head: Head | null]> {
  // Two that seal at once would both continue from one end, and the constraints refuse one of them.
  await tx.sql`select pg_advisory_xact_lock(hashtextextended('audit seals ' || current_schema(), 0))`;
  const entries = await unsealed(tx, after);
  if (entries.length === 0) return [[], null];

  const last = await lastSeal(tx);
  const sealed_at = microseconds(tx.now);
  // A clock that was set back does not begin an earlier day anew.
  const day = [sealed_at.slice(0, 10), last?.day ?? ''].toSorted().at(-1)!;
  let previous = last?.hash ?? NO_HASH;
  let position = last?.day === day ? last.position : 0;
  const seals = entries.map((entry) => {
    position += 1;
    previous = link(previous, { day, position, sealed_at }, entry);
    return { id: entry.id, position, hash: previous };
  });
  await tx.sql`
    insert into audit_seals (day, position, entry_id, sealed_at, hash)
    select ${day}::date, position, entry_id, ${sealed_at}::timestamptz, hash
      from unnest(${seals.map((seal) => seal.position)}::int[], ${seals.map((seal) => seal.id)}::bigint[],
                  ${seals.map((seal) => seal.hash)}::bytea[]) as seal (position, entry_id, hash)`;
  return [entries, { day, position, hash: previous }];
}

/**
 * Behind the last seal that is ten minutes old there may be gaps, before it there are none: a transaction that drew a lower id then
 * would have been open for that long. What a run has passed once, the next one looks for.
 */
const unsealed = (tx: Tx, after: string): Promise<Recorded[]> =>
  tx.query<Recorded>(
    `select ${AS_RECORDED}
       from audit_trail as entry
      where entry.id > greatest($2::bigint, (select entry_id from audit_seals where sealed_at < $1::timestamptz - interval '10 minutes'
                                              order by day desc, position desc limit 1))
        and not exists (select 1 from audit_seals where entry_id = entry.id)
      order by entry.id
      limit ${BATCH}`,
    [tx.now, after],
  );

/** As `PLACE` reads it again. */
const microseconds = (at: Date): string => at.toISOString().replace('Z', '000Z');

async function lastSeal(tx: Tx): Promise<Head | undefined> {
  const [last] = await tx.sql<Head>`
    select to_char(day, 'YYYY-MM-DD') as day, position, hash from audit_seals order by day desc, position desc limit 1`;
  return last;
}
