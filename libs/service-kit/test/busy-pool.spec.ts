import { Database } from '@scheduling/persistence';
import { until } from '@scheduling/testing';
import { Client } from 'pg';
import { openTill } from './till.ts';

describe('a service all of whose connections are at work', () => {
  let s: Awaited<ReturnType<typeof openTill>>;
  beforeAll(async () => {
    s = await openTill();
  });
  afterAll(() => s.close());
  const asked = async (path: string) => {
    const answer = await fetch(s.running.url + path);
    return { status: answer.status, text: await answer.text() };
  };

  it('is ready, and shows that requests wait for one', async () => {
    const db = s.running.app.get(Database);
    const { promise: isSeen, resolve: letGo } = Promise.withResolvers<void>();
    const work = Array.from({ length: 7 }, () => db.transaction(() => isSeen));
    await until('all to be taken', () => db.connections.waiting === 2);
    const [ready, metrics] = await Promise.all([asked('/health/ready'), asked('/metrics')]);
    expect(ready).toEqual({ status: 200, text: '{"status":"ready"}' });
    expect(metrics.text).toMatch(/^database_pool_connections\{state="active"\} 5$/m);
    expect(metrics.text).toMatch(/^database_pool_connections\{state="waiting"\} [1-9]/m);
    expect(metrics.text).not.toMatch(/^events_outbox_waiting /m);
    letGo();
    await Promise.all(work);
    expect((await asked('/metrics')).text).toMatch(/^events_outbox_waiting 0$/m);
  });

  it('is not ready while its database takes nobody, shows what it knows of itself, and is ready again', async () => {
    const name = new URL(s.test.url).pathname.slice(1);
    const admin = new Client({
      connectionString: Object.assign(new URL(s.test.adminUrl), { pathname: '/postgres' }).href,
    });
    await admin.connect();
    await admin.query(`alter database ${name} allow_connections false`);
    await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name]);
    await until('it to be unready', async () => (await asked('/health/ready')).status === 503);
    const { text } = await asked('/metrics');
    expect(text).toMatch(/^database_pool_connections\{state="waiting"\} /m);
    expect(text).not.toMatch(/^events_outbox_waiting /m);
    await admin.query(`alter database ${name} allow_connections true`);
    await until('it to be ready', async () => (await asked('/health/ready')).status === 200);
    await admin.end();
  });
});
