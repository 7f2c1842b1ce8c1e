import { DataSource, type DataSourceOptions } from 'typeorm';

/** Brings a schema up to date, one process at a time; answers how many steps it took. */
export async function migrate(options: DataSourceOptions): Promise<number> {
  const source = await new DataSource(options).initialize();
  try {
    const runner = source.createQueryRunner();
    try {
      await runner.query("select pg_advisory_lock(hashtext('migrate ' || current_schema()))");
      const steps = await source.runMigrations({ transaction: 'each' });
      await runner.query("select pg_advisory_unlock(hashtext('migrate ' || current_schema()))");
      return steps.length;
    } finally {
      await runner.release();
    }
  } finally {
    await source.destroy();
  }
}
