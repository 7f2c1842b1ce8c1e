import type { DataSource } from 'typeorm';
import { UNSOUND } from './soundness.sql.ts';

/** Everything in a booking service's tables that cannot be, by what is wrong with it; empty where all is well. */
export async function unsound(tables: Pick<DataSource, 'query'>): Promise<Record<string, unknown[]>> {
  const found: Record<string, unknown[]> = {};
  for (const [what, sql] of Object.entries(UNSOUND)) {
    const wrong: unknown[] = await tables.query(sql);
    if (wrong.length > 0) found[what] = wrong.slice(0, 5);
  }
  return found;
}
