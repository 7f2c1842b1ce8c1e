import type { Tx } from './database.ts';

/** Which rows of a work table are meant, where it holds more than one kind of work. */
export interface Among {
  readonly column: string;
  readonly value: string;
}

/**
 * Takes at most `limit` due rows of a work table under a lease, oldest first, past those that another replica has.
 * The table has `state` (`planned` or `working` while it is to be done), `attempts`, `next_attempt_at`, `lease_until`.
 * A row whose lease ran out is due again: its worker died, and what became of the attempt is unknown.
 */
export function takeDue<Row>(
  tx: Tx,
  table: string,
  limit: number,
  leaseSeconds: number,
  among?: Among,
): Promise<Row[]> {
  const isMeant = among ? `${among.column} = $4 and` : '';
  return tx.query<Row>(
    `update ${table} set state = 'working', attempts = attempts + 1, lease_until = $1::timestamptz + make_interval(secs => $2)
      where id in (select id from ${table}
                    where ${isMeant} next_attempt_at <= $1 and (state = 'planned' or state = 'working' and lease_until <= $1)
                    order by next_attempt_at
                    limit $3
                      for update skip locked)
      returning *`,
    [tx.now, leaseSeconds, limit, ...(among ? [among.value] : [])],
  );
}
