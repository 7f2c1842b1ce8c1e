import type { PersonId } from '@scheduling/domain';
import type { Tx } from '@scheduling/persistence';

/** A secret at its place. */
export interface Sealed {
  readonly sealed: string;
  /** What it is about: only there it opens. */
  readonly about: string;
}

/** One that is to be sealed anew. */
export interface Stale extends Sealed {
  readonly column: SealedColumn;
  /** The row's key. */
  readonly id: string;
}

/** Every column that holds secrets: its table, its row's key, and what its values are about, as `secrets.ts` has it. */
export const SEALED_COLUMNS = [
  { table: 'google_oauth_accounts', column: 'access_token', key: 'user_id', about: 'access_token' },
  { table: 'google_oauth_accounts', column: 'refresh_token', key: 'user_id', about: 'refresh_token' },
  { table: 'google_oauth_accounts', column: 'former_refresh_token', key: 'user_id', about: 'refresh_token' },
  { table: 'revocations', column: 'refresh_token', key: 'id', about: 'refresh_token' },
  { table: 'oauth_states', column: 'code_verifier', key: "encode(state_hash, 'hex')", about: 'code_verifier' },
  { table: 'calendar_imports', column: 'address', key: 'id', about: 'import_address' },
] as const;
export type SealedColumn = (typeof SEALED_COLUMNS)[number];

/** One secret of each column and key that any was sealed with. */
export async function samples(tx: Tx): Promise<Sealed[]> {
  const found: Sealed[] = [];
  for (const { table, column, about } of SEALED_COLUMNS) {
    found.push(
      ...(await tx.query<Sealed>(
        `select distinct on (split_part(${column}, '.', 1)) ${column} as sealed, '${about} ' || user_id as about from ${table} where ${column} is not null`,
        [],
      )),
    );
  }
  return found;
}

/** Locks some secrets of a column that are not sealed under this key. */
export async function staleOf(tx: Tx, from: SealedColumn, current: string, limit: number): Promise<Stale[]> {
  const { table, column, key, about } = from;
  const rows = await tx.query<{ id: string; userId: PersonId; sealed: string }>(
    `select ${key} as id, user_id as "userId", ${column} as sealed from ${table}
      where split_part(${column}, '.', 1) <> $1 limit $2 for update`,
    [current, limit],
  );
  return rows.map(({ id, userId, sealed }) => ({ column: from, id, sealed, about: `${about} ${userId}` }));
}

/** Puts a secret that was sealed anew into its place. */
export async function reseal(tx: Tx, { column: { table, column, key }, id }: Stale, sealed: string): Promise<void> {
  await tx.query(`update ${table} set ${column} = $1 where ${key}::text = $2`, [sealed, id]);
}
