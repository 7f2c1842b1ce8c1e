import type { QueryRunner } from 'typeorm';
import { ForwardOnly } from './forward-only.ts';

/** What a statement waits for here blocks nobody meanwhile: it may outlast the transactions that are underway. */
const LOCK_TIMEOUT = '5min';

/** What a broken-off `create index concurrently` left behind: of no use, kept up to date with every write, and in the way of the name. */
const BROKEN_INDEXES = `
  select indexrelid::regclass::text as index from pg_index join pg_class on pg_class.oid = indexrelid
   where not indisvalid and relkind = 'i' and relnamespace = current_schema()::regnamespace`;

/**
 * A step that takes its time and blocks nobody: indexes made concurrently, constraints validated. Its statements run one by one
 * outside a transaction, so that each must be able to run again when a later one has failed.
 */
export abstract class StepByStep extends ForwardOnly {
  abstract readonly steps: readonly string[];
  readonly transaction = false;

  get sql(): string {
    return this.steps.map((step) => `${step};`).join('\n');
  }

  override async up(runner: QueryRunner): Promise<void> {
    await runner.query(`set lock_timeout = '${LOCK_TIMEOUT}'`);
    try {
      for (const { index } of await runner.query(BROKEN_INDEXES))
        await runner.query(`drop index concurrently ${index}`);
      for (const step of this.steps) await runner.query(step);
    } finally {
      await runner.query('reset lock_timeout');
    }
  }
}
