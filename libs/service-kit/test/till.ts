import { Module } from '@nestjs/common';
import { ownSchema } from '@scheduling/persistence';
import { testDatabase } from '@scheduling/testing';
import { DatabaseConfig, defineService, readConfig, run } from '../src/index.ts';

@Module({})
class Till {}

const till = defineService({
  name: 'till',
  module: Till,
  config: DatabaseConfig,
  schema: (url) => ownSchema(url, 'till', [], []),
});

/** A service that has a database and nothing of its own to do, with the database beside it. */
export async function openTill() {
  const test = await testDatabase('till', till.schema!);
  const place = { PORT: '0', HOST: '127.0.0.1', AUTH_ISSUER: 'http://localhost:1', LOG_LEVEL: 'error' };
  const running = await run(till, readConfig(DatabaseConfig, { ...place, DATABASE_URL: test.url }));
  return {
    test,
    running,
    async close(): Promise<void> {
      await running.close();
      await test.drop();
    },
  };
}
