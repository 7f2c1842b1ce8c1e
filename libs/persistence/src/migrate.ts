import { setTimeout as pause } from 'node:timers/promises';
import { DataSource, type DataSourceOptions, type QueryRunner } from 'typeorm';
import { giveWay } from './give-way.ts';

/**
 * What waits for a lock makes everybody else wait behind it: a migration gives way soon, and tries again. The statements themselves
 * may take as long as they need; what may not take long holds no lock that anybody waits for (`tools/check/migrations.mjs`).
 */
const BOUNDS = ['lock_timeout=1s', 'statement_timeout=0', 'idle_in_transaction_session_timeout=30s'];

/** How long it goes on giving way; a deployment that waits longer than this has something to look at. */
const PATIENCE_MS = 10 * 60_000;
const PAUSE_MS = { first: 250, longest: 10_000 };

/** How a schema is brought up to date. */
export interface Manner {
  /** How long locks that others hold are tried again for, in milliseconds. */
  readonly patienceMs?: number;
}

/** Brings a schema up to date, one process at a time; answers how many steps it took. */
export async function migrate(options: DataSourceOptions, { patienceMs = PATIENCE_MS }: Manner = {}): Promise<number> {
  const source = await new DataSource(unhurried(options)).initialize();
  try {
    const runner = source.createQueryRunner();
    try {
      const deadline = Date.now() + patienceMs;
      await myTurn(runner, deadline);
      const steps = await givingWay(source, deadline);
      await runner.query("select pg_advisory_unlock(hashtext('migrate ' || current_schema()))");
      return steps;
    } finally {
      await runner.release();
    }
  } finally {
    await source.destroy();
  }
}

/** The settings at the end are those that count. */
function unhurried(options: DataSourceOptions): DataSourceOptions {
  const bounds = BOUNDS.map((setting) => `-c ${setting}`).join(' ');
  const extra: { options?: string } = options.extra ?? {};
  return Object.assign({}, options, { extra: { ...extra, options: `${extra.options ?? ''} ${bounds}` } });
}

/**
 * Asks again and again instead of waiting: a statement that waits holds a snapshot, and `create index concurrently` of whoever
 * has the turn would wait for it in return.
 */
async function myTurn(runner: QueryRunner, deadline: number): Promise<void> {
  for (let ms = PAUSE_MS.first; ; ms = Math.min(ms * 2, PAUSE_MS.longest)) {
    const [turn]: { mine: boolean }[] = await runner.query(
      "select pg_try_advisory_lock(hashtext('migrate ' || current_schema())) as mine",
    );
    if (turn?.mine) return;
    if (Date.now() + ms > deadline)
      throw new Error('Another process migrates this schema, and does not come to an end.');
    await pause(ms);
  }
}

/** Takes the steps that are missing; one that met a lock has been undone, and is taken again a little later. */
async function givingWay(source: DataSource, deadline: number): Promise<number> {
  const before = await taken(source);
  await giveWay(() => source.runMigrations({ transaction: 'each' }), deadline);
  return (await taken(source)) - before;
}

/** How many steps the schema has taken. */
async function taken(source: DataSource): Promise<number> {
  const [table]: { found: string | null }[] = await source.query("select to_regclass('migrations')::text as found");
  if (!table?.found) return 0;
  const [row]: { many: number }[] = await source.query('select count(*)::int as many from migrations');
  return row?.many ?? 0;
}
