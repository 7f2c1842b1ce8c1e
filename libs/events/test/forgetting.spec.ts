import { randomUUID } from 'node:crypto';
import { Database, ownSchema, provision } from '@scheduling/persistence';
import { FrozenClock, type TestDatabase, testDatabase } from '@scheduling/testing';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import type { EventLog } from '../src/event-log.ts';
import { openLog } from '../src/open-events.ts';

const OLD = '2030-03-01T00:00:00Z';
const YOUNG = '2030-03-19T00:00:00Z';

describe('the log in PostgreSQL', () => {
  const clock = new FrozenClock(new Date('2030-03-20T00:00:00Z'));
  let test: TestDatabase;
  let admin: Client;
  let other: DataSource;
  let accounts: EventLog;
  let booking: EventLog;
  beforeAll(async () => {
    test = await testDatabase('accounts', (url) => ownSchema(url, 'accounts', [], []));
    await provision(test.adminUrl, [{ schema: 'booking', password: 'test' }]);
    admin = new Client({ connectionString: test.adminUrl });
    await admin.connect();
    const url = Object.assign(new URL(test.url), { username: 'booking' }).href;
    other = await new DataSource(ownSchema(url, 'booking', [], [])).initialize();
    accounts = logOf('accounts', test.source);
    booking = logOf('booking', other);
  });
  beforeEach(async () => {
    await admin.query('truncate bus.log, bus.offsets restart identity');
    await passed(1_000_000);
  });
  afterAll(async () => {
    await admin.end();
    await other.destroy();
    await test.drop();
  });

  const logOf = (service: string, source: DataSource) => {
    const database = new Database(source, clock);
    return openLog({ service, database, databaseUrl: test.url, kafka: null });
  };
  /** Says how far a group of calendar-sync has come in part 0. */
  const passed = (pos: number) =>
    admin.query(
      `insert into bus.offsets (grp, part, pos) values ('calendar-sync.lessons', 0, $1)
       on conflict (grp, part) do update set pos = excluded.pos`,
      [pos],
    );
  const log = (name: string, key: string, loggedAt: string, many = 1) =>
    admin.query(
      `insert into bus.log (part, topic, key, type, event_id, envelope, logged_at)
       select 0, 'scheduling.' || split_part($1, '.', 1), $2, 'scheduling.' || $1 || '.v1', gen_random_uuid(),
              jsonb_build_object('n', n), $3 from generate_series(1, $4) as n`,
      [name, key, loggedAt, many],
    );
  const left = async () => {
    const { rows } = await admin.query<{ said: string }>(
      `select split_part(type, '.', 3) || ' ' || key as said from bus.log order by pos`,
    );
    return rows.map(({ said }) => said);
  };

  it('lets a service take out what is its own and old, in any number of batches', async () => {
    await log('booking.SlotHeld', 'a', OLD, 5001);
    await log('booking.SlotHeld', 'b', YOUNG);
    await log('accounts.ExportRequested', 'c', OLD);
    expect(await booking.forget(7)).toBe(5001);
    expect(await left()).toEqual(['SlotHeld b', 'ExportRequested c']);
    expect(await accounts.forget(7)).toBe(1);
    expect(await left()).toEqual(['SlotHeld b']);
  });

  it('keeps what any group of any service has still before it', async () => {
    for (const key of ['a', 'b', 'c']) await log('booking.SlotHeld', key, OLD);
    await admin.query(`insert into bus.offsets (grp, part, pos) values ('availability.taken', 0, 3)`);
    await passed(1);
    expect(await booking.forget(7)).toBe(1);
    expect(await left()).toEqual(['SlotHeld b', 'SlotHeld c']);
    await passed(3);
    expect(await booking.forget(7)).toBe(2);
  });

  it('keeps what nobody has ever asked for, until somebody has', async () => {
    await admin.query('truncate bus.offsets');
    await log('booking.SlotHeld', 'a', OLD);
    expect(await booking.forget(7)).toBe(0);
  });

  it('never lets a service take out what another one stated', async () => {
    await log('booking.SlotHeld', 'a', OLD);
    await log('accounts.UserChanged', 'p', OLD);
    const { rowCount } = await other
      .query(`delete from bus.log where topic = 'scheduling.accounts' returning pos`)
      .then(([rows]) => ({ rowCount: rows.length }));
    expect(rowCount).toBe(0);
    expect(await booking.compact(7)).toBe(0);
    expect(await left()).toEqual(['SlotHeld a', 'UserChanged p']);
  });

  it('tells a service how far all groups are, and which ones there are only of its own', async () => {
    await passed(7);
    expect(await other.query('select part, pos from bus.passed()')).toEqual([{ part: 0, pos: '7' }]);
    expect(await other.query('select grp from bus.offsets')).toEqual([]);
  });

  describe('of people', () => {
    it('keeps the newest state, whatever its age, and what is young or not passed', async () => {
      for (const at of [OLD, OLD, OLD]) await log('accounts.UserChanged', 'p', at);
      await log('accounts.UserChanged', 'q', OLD);
      await log('accounts.UserChanged', 'r', YOUNG);
      await log('accounts.UserChanged', 'r', YOUNG);
      expect(await accounts.forget(7)).toBe(0);
      await passed(1);
      expect(await accounts.compact(7)).toBe(1);
      await passed(1_000_000);
      expect(await accounts.compact(7)).toBe(1);
      expect(await left()).toEqual(['UserChanged p', 'UserChanged q', 'UserChanged r', 'UserChanged r']);
    });

    it('keeps that they are gone, and nothing that was said before', async () => {
      await log('accounts.UserChanged', 'p', OLD);
      await log('accounts.UserErased', 'p', OLD);
      await log('accounts.ExportRequested', 'p', OLD);
      await accounts.forget(7);
      expect(await accounts.compact(7)).toBe(1);
      expect(await left()).toEqual(['UserErased p']);
    });

    it('is looked through stretch by stretch', async () => {
      // More states of one person than a stretch has rows, among others.
      await admin.query(`
        insert into bus.log (part, topic, key, type, event_id, envelope, logged_at)
        select 0, 'scheduling.accounts', 'person ' || greatest(n % 6000 - 3000, 0), 'scheduling.accounts.UserChanged.v1', gen_random_uuid(), '{}', '${OLD}'
          from generate_series(1, 12000) as n`);
      expect(await accounts.compact(7)).toBe(9000);
      expect(await accounts.compact(7)).toBe(0);
      const { rows } = await admin.query(
        'select count(distinct key)::int as people, min(pos)::int as first from bus.log',
      );
      expect(rows).toEqual([{ people: 3000, first: 9001 }]);
    });
  });

  it.each([
    [
      `select pos from bus.log where topic = $1 and logged_at < now()
        and not type in ('scheduling.accounts.UserChanged.v1', 'scheduling.accounts.UserErased.v1')
      order by logged_at limit 5000`,
      'log_by_age',
    ],
    [
      `select pos from bus.log where topic = 'scheduling.accounts' and (key, pos) > ($1, 0) order by key, pos limit 5000`,
      'log_of_people',
    ],
  ])('finds what is to go by an index: %#', async (statement, index) => {
    await log('booking.SlotHeld', randomUUID(), OLD, 500);
    await log('accounts.UserChanged', randomUUID(), OLD, 500);
    await admin.query('analyze bus.log');
    const [row] = await other.query(`explain (format json) ${statement}`, ['scheduling.booking']);
    expect(JSON.stringify(row)).toContain(`"Index Name":"${index}"`);
  });
});
