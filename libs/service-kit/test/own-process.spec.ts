import { type TestDatabase, testDatabase, until } from '@scheduling/testing';
import { type PostOffice, startPostOffice } from './post-office.process.ts';
import { post } from './post-office.ts';

describe('a service in a process of its own', () => {
  let test: TestDatabase;
  let office: PostOffice;
  beforeEach(async () => {
    test = await testDatabase('post', post.schema!);
  });
  afterEach(async () => {
    office.child.kill('SIGKILL');
    await office.exit;
    await test.drop();
  });
  const readiness = async () => (await fetch(`${await office.url}/health/ready`)).status;

  it('waits for a database that is not migrated yet', async () => {
    await test.source.query('alter table migrations rename to migrations_to_come');
    office = startPostOffice({ DATABASE_URL: test.url });
    await until('it to wait', () => office.lines.some((line) => line.includes('Waiting for the database.')));
    await test.source.query('alter table migrations_to_come rename to migrations');
    expect(await readiness()).toBe(200);
  });

  it('serves on when it is told to end, says that it will, and ends in order', async () => {
    office = startPostOffice({ DATABASE_URL: test.url, DRAIN_SECONDS: '1' });
    expect(await readiness()).toBe(200);
    office.child.kill('SIGTERM');
    await until('it to be unready', async () => (await readiness()) === 503);
    const live = await fetch(`${await office.url}/health/live`);
    expect([live.status, live.headers.get('connection')]).toEqual([200, 'close']);
    // Nobody collects traces here, so nothing is traced.
    expect(await office.send('late')).toEqual({ traceparent: null });
    expect(await office.exit).toBe(0);
  });

  it('logs everything from one signal to the next', async () => {
    office = startPostOffice({ DATABASE_URL: test.url, LOG_LEVEL: 'warn' });
    await office.url;
    for (const level of ['debug', 'warn']) {
      office.child.kill('SIGUSR2');
      await until(`the level ${level}`, () => office.lines.at(-1) === JSON.stringify({ service: 'post', level }));
    }
  });

  it('counts its requests, facts and deliveries', async () => {
    office = startPostOffice({ DATABASE_URL: test.url });
    await office.send('a');
    await fetch(`${await office.url}/nowhere/with/an/id`);
    const metrics = async () => (await fetch(`${await office.url}/metrics`)).text();
    await until('the delivery', async () =>
      (await metrics()).includes('events_handled_total{group="post.round",outcome="done"} 1'),
    );
    const told = await metrics();
    for (const line of [
      'http_request_duration_seconds_count{method="POST",route="/parcels/:street",status="201"} 1',
      'http_request_duration_seconds_count{method="GET",route="none",status="404"} 1',
      'events_stated_total{fact="ParcelSent"} 1',
      'events_lag{group="post.round"} 0',
      'events_dead_letters{group="post.round"} 0',
      'events_outbox_waiting 0',
      'database_pool_connections{state="waiting"} 0',
    ])
      expect(told.split('\n')).toContain(line);
    expect(told).toMatch(/nodejs_eventloop_lag_p99_seconds \d/);
    expect(told).not.toMatch(/health|metrics"/);
  });
});
