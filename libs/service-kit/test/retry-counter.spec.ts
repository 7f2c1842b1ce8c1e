import { Module } from '@nestjs/common';
import { Database, ownSchema } from '@scheduling/persistence';
import { type TestDatabase, testDatabase } from '@scheduling/testing';
import { DatabaseConfig, defineService, readConfig, run, type RunningService } from '../src/index.ts';

@Module({})
class Till {}

const till = defineService({
  name: 'till',
  module: Till,
  config: DatabaseConfig,
  schema: (url) => ownSchema(url, 'till', [], []),
});

describe('a service with a database', () => {
  let test: TestDatabase;
  let running: RunningService;
  beforeAll(async () => {
    test = await testDatabase('till', till.schema!);
    const env = {
      PORT: '0',
      HOST: '127.0.0.1',
      DATABASE_URL: test.url,
      AUTH_ISSUER: 'http://localhost:1',
      LOG_LEVEL: 'error',
    };
    running = await run(till, readConfig(DatabaseConfig, env));
  });
  afterAll(async () => {
    await running.close();
    await test.drop();
  });

  it('counts by their cause the transactions that ran again', async () => {
    let attempts = 0;
    await running.app.get(Database).transaction(async (tx) => {
      attempts++;
      if (attempts < 3) await tx.sql`do $$ begin raise exception 'no' using errcode = '40001'; end $$`;
    });
    const metrics = await (await fetch(`${running.url}/metrics`)).text();
    expect(metrics).toContain('database_retries_total{sqlstate="40001"} 2');
  });
});
