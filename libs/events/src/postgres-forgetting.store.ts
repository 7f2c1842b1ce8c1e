import type { Tx } from '@scheduling/persistence';

/**
 * Of the accounts' facts, as in a compacted topic, the newest state of each person stays, or that they are gone: whoever begins
 * at the earliest event learns of everybody. All else goes by age. The types stand in the text, as in the index that finds the others.
 */
const COMPACTED = `type in ('scheduling.accounts.UserChanged.v1', 'scheduling.accounts.UserErased.v1')`;

/**
 * Takes what a service stated so long ago out of the log, of the oldest rows at most so many; answers how many went.
 * What some group has still before it stays, however old.
 */
export async function forgetOldest(tx: Tx, topic: string, days: number, limit: number): Promise<number> {
  const [gone] = await tx.query<{ rows: number }>(
    `with oldest as materialized (
       select pos, part from bus.log
        where topic = $1 and logged_at < $2::timestamptz - make_interval(days => $3::int) and not ${COMPACTED}
        order by logged_at limit $4),
     gone as (
       delete from bus.log
        where pos = any(array(select oldest.pos from oldest join bus.passed() as passed using (part)
                               where oldest.pos <= passed.pos))
       returning 1)
     select count(*)::int as rows from gone`,
    [topic, tx.now, days, limit],
  );
  return gone!.rows;
}

/** Where a walk over the people of the log has come to. */
export interface Place {
  readonly key: string;
  readonly pos: string;
}

/** What a stretch of that walk found. */
export interface Stretch {
  /** The last row that it looked at; null where there was none left. */
  readonly last: Place | null;
  readonly rows: number;
}

/** Takes states of people out of the log that are old and not their newest any more, of at most so many rows after a place. */
export async function forgetOvertaken(tx: Tx, days: number, after: Place, limit: number): Promise<Stretch> {
  const [stretch] = await tx.query<Stretch>(
    `with ahead as materialized (
       select key, pos, part, type, logged_at from bus.log
        where topic = 'scheduling.accounts' and (key, pos) > ($1, $2::bigint)
        order by key, pos limit $3),
     gone as (
       delete from bus.log
        where pos = any(array(select ahead.pos from ahead join bus.passed() as passed using (part)
                               where ahead.type = 'scheduling.accounts.UserChanged.v1' and ahead.pos <= passed.pos
                                 and ahead.logged_at < $4::timestamptz - make_interval(days => $5::int)
                                 and exists (select from bus.log as later
                                              where later.topic = 'scheduling.accounts' and later.key = ahead.key
                                                and later.pos > ahead.pos and later.${COMPACTED})))
       returning 1)
     select (select json_build_object('key', key, 'pos', pos::text) from ahead order by key desc, pos desc limit 1) as last,
            (select count(*)::int from gone) as rows`,
    [after.key, after.pos, limit, tx.now, days],
  );
  return stretch!;
}
