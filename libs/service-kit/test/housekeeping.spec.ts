import { Logger } from '@nestjs/common';
import { openLog } from '@scheduling/events';
import { Database, ownSchema, Ticks } from '@scheduling/persistence';
import { FrozenClock, type TestDatabase, testDatabase } from '@scheduling/testing';
import { DatabaseConfig, HousekeepingCron, type Kept, readConfig } from '../src/index.ts';

const OLD = '2029-10-01T00:00:00Z';
const YOUNG = '2030-02-28T20:00:00Z';
const PLACE = { DATABASE_URL: 'postgres://x', AUTH_ISSUER: 'http://x' };

describe('housekeeping', () => {
  let test: TestDatabase;
  let said: jest.SpyInstance;
  let wrong: jest.SpyInstance;
  beforeAll(async () => {
    test = await testDatabase('shop', (url) => ownSchema(url, 'shop', [], []));
    await test.source.query('create table orders (paid_at timestamptz); create index on orders (paid_at)');
  });
  beforeEach(async () => {
    said = jest.spyOn(Logger.prototype, 'log').mockImplementation();
    wrong = jest.spyOn(Logger.prototype, 'error').mockImplementation();
    await test.source.query(
      'truncate ticks, orders, inbox, idempotency, dead_letters, operator_requests, erased_people',
    );
    for (const at of [OLD, YOUNG]) {
      await test.source.query(`insert into inbox values ('shop.group', gen_random_uuid(), $1)`, [at]);
      await test.source.query(`insert into idempotency values (gen_random_uuid(), 'k', 'f', '{}', $1)`, [at]);
      await test.source.query(`insert into orders values ($1)`, [at]);
      await test.source.query(`insert into erased_people values (gen_random_uuid(), $1)`, [at]);
      await test.source.query(
        `insert into operator_requests (action, consumer_group, state, ended_at) values
           ('pause', 'shop.group', 'done', $1), ('pause', 'shop.group', 'planned', null)`,
        [at],
      );
      await test.source.query(
        `insert into dead_letters (consumer_group, event_id, envelope, error, attempts, died_at, resolved_at)
         values ('shop.group', gen_random_uuid(), '{}', 'e', 8, $1, $1), ('shop.group', gen_random_uuid(), '{}', 'e', 8, $1, null)`,
        [at],
      );
    }
  });
  afterEach(() => jest.restoreAllMocks());
  afterAll(() => test.drop());

  const replica = (clock: FrozenClock, own: Kept[] = [{ table: 'orders', since: 'paid_at', hours: 24 }]) => {
    const database = new Database(test.source, clock);
    const log = openLog({ service: 'shop', database, databaseUrl: test.url, kafka: null });
    return new HousekeepingCron(new Ticks(database), database, log, {
      periods: readConfig(DatabaseConfig, PLACE),
      own,
    });
  };
  const left = async (): Promise<Record<string, number>> => {
    const of = (table: string) => `'${table}', (select count(*) from ${table})`;
    const tables = ['inbox', 'idempotency', 'orders', 'dead_letters', 'operator_requests', 'erased_people']
      .map(of)
      .join();
    const [{ rows }] = await test.source.query(`select json_build_object(${tables}) as rows`);
    return rows;
  };

  it('takes receipts and answers each hour, and the rest at night, on one of two replicas', async () => {
    const clock = new FrozenClock(new Date('2030-03-01T01:59:00Z'));
    const replicas = [1, 2].map(() => replica(clock));
    await Promise.all(replicas.map((one) => one.hourly()));
    const hourly = { inbox: 1, idempotency: 1 };
    expect(await left()).toEqual({ ...hourly, orders: 2, dead_letters: 4, operator_requests: 4, erased_people: 2 });
    await Promise.all(replicas.map((one) => one.nightly()));
    expect(await left()).toEqual({ ...hourly, orders: 1, dead_letters: 3, operator_requests: 3, erased_people: 1 });
    const nightly = { dead_letters: 1, operator_requests: 1, erased_people: 1, orders: 1 };
    expect(said.mock.calls).toEqual([
      [{ message: 'Old rows are gone.', log: 0, ...hourly }],
      [{ message: 'Old rows are gone.', 'states of people': 0, ...nightly }],
    ]);
  });

  it('takes what it can where one table cannot be tidied, and says which', async () => {
    const clock = new FrozenClock(new Date('2030-03-01T03:00:00Z'));
    await replica(clock, [
      { table: 'nowhere', since: 'at', hours: 1 },
      { table: 'orders', since: 'paid_at', hours: 1 },
    ]).nightly();
    expect(await left()).toMatchObject({ orders: 0, dead_letters: 3 });
    expect(wrong.mock.calls).toMatchObject([[{ what: 'nowhere' }]]);
  });

  it('refuses to know for a shorter time what was received than the log keeps it', () => {
    const days = (log: string, inbox: string) =>
      readConfig(DatabaseConfig, { ...PLACE, EVENT_LOG_DAYS: log, INBOX_DAYS: inbox });
    expect(() => days('14', '14')).toThrow('INBOX_DAYS must be more than EVENT_LOG_DAYS');
    expect(days('13', '14')).toMatchObject({ INBOX_DAYS: 14 });
  });
});
