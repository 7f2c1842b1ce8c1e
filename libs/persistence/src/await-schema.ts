import { setTimeout as pause } from 'node:timers/promises';
import { type DataSourceOptions, DataSource } from 'typeorm';

/** The database has not all steps that this version needs. */
export class NotMigrated extends Error {
  override readonly name = 'NotMigrated';
}

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 2000;

/**
 * Resolves once the database answers and has every step that this version needs; a newer schema is as good. After so many milliseconds
 * it throws what was the matter last, which `told` hears each time.
 */
export async function awaitSchema(
  options: DataSourceOptions,
  patienceMs: number,
  told: (error: unknown) => void,
): Promise<void> {
  const deadline = Date.now() + patienceMs;
  for (let ms = FIRST_PAUSE_MS; ; ms = Math.min(ms * 2, LONGEST_PAUSE_MS)) {
    try {
      return await look(options);
    } catch (error) {
      if (Date.now() + ms > deadline) throw error;
      told(error);
      await pause(ms);
    }
  }
}

async function look(options: DataSourceOptions): Promise<void> {
  const source = await new DataSource(options).initialize();
  try {
    const taken: { name: string }[] = await source.query('select name from migrations');
    const names = new Set(taken.map(({ name }) => name));
    const missing = source.migrations
      .map(({ name, constructor }) => name ?? constructor.name)
      .filter((n) => !names.has(n));
    if (missing.length > 0)
      throw new NotMigrated(`${missing.length} migrations are missing, the first is ${missing[0]}`);
  } finally {
    await source.destroy();
  }
}
