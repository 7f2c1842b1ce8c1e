import { Database } from '@scheduling/persistence';
import { openTill } from './till.ts';

describe('a service with a database', () => {
  let s: Awaited<ReturnType<typeof openTill>>;
  beforeAll(async () => {
    s = await openTill();
  });
  afterAll(() => s.close());

  it('counts by their cause the transactions that ran again', async () => {
    let attempts = 0;
    await s.running.app.get(Database).transaction(async (tx) => {
      attempts++;
      if (attempts < 3) await tx.sql`do $$ begin raise exception 'no' using errcode = '40001'; end $$`;
    });
    const metrics = await (await fetch(`${s.running.url}/metrics`)).text();
    expect(metrics).toContain('database_retries_total{sqlstate="40001"} 2');
  });
});
