import { FrozenClock, type TestDatabase, testDatabase } from '@scheduling/testing';
import type { DataSource } from 'typeorm';
import { Database, type Tx } from './database.ts';
import { NOW } from './glance.ts';
import { ownSchema } from './own-schema.ts';
import { TryAgain } from './try-again.errors.ts';

describe('a transaction', () => {
  let test: TestDatabase;
  let db: Database;
  beforeAll(async () => {
    test = await testDatabase('bank', (url) => ownSchema(url, 'bank', [], []));
    db = new Database(test.source);
    await test.source.query('create table account (id serial primary key, cents int not null)');
  });
  afterAll(() => test.drop());

  const open = async (cents: number): Promise<number> =>
    (await test.source.query('insert into account (cents) values ($1) returning id', [cents]))[0].id;
  const add = (tx: Tx, id: number, cents: number) => tx.sql<{ cents: number }>`
    update account set cents = cents + ${cents} where id = ${id} returning cents`;
  const balance = async (id: number): Promise<number> =>
    (await test.source.query('select cents from account where id = $1', [id]))[0].cents;

  it('fails for the reason of a write that was underway, whatever was sent behind it', async () => {
    const own = await open(100);
    const failing = db.transaction(async (tx) => {
      tx.underway(tx.sql`update account set cents = 50 where id = ${own}`);
      tx.underway(tx.sql`select 1 / 0`);
      tx.underway(tx.sql`update account set cents = 0 where id = ${own}`);
    });
    await expect(failing).rejects.toThrow('division by zero');
    const behind = db.transaction(async (tx) => {
      tx.underway(tx.sql`select 2 / 0`);
      await tx.sql`select 1`;
    });
    await expect(behind).rejects.toThrow('division by zero');
    const [{ cents }] = await test.source.query('select cents from account where id = $1', [own]);
    expect(cents).toBe(100);
  });

  it('gives the rows that a write returns', async () => {
    const ann = await open(100);
    expect(await db.transaction((tx) => add(tx, ann, 1))).toEqual([{ cents: 101 }]);
  });

  it('writes nothing when the work throws', async () => {
    const ann = await open(100);
    const work = async (tx: Tx) => {
      await add(tx, ann, 1);
      throw new Error('no');
    };
    await expect(db.transaction(work)).rejects.toThrow('no');
    expect(await balance(ann)).toBe(100);
  });

  it('writes nothing when what was kept for its last moment throws', async () => {
    const ann = await open(100);
    const work = async (tx: Tx) => {
      await add(tx, ann, 1);
      tx.beforeCommit(() => Promise.reject(new Error('no')));
    };
    await expect(db.transaction(work)).rejects.toThrow('no');
    expect(await balance(ann)).toBe(100);
  });

  it('decides by the instant of the database, or by the one that a test froze', async () => {
    const [now] = await db.transaction(async (tx) => [tx.now, await tx.sql<{ now: Date }>`select now()`] as const);
    expect(now).toBeInstanceOf(Date);
    const frozen = new Date('2030-03-01T09:00:00Z');
    expect(await new Database(test.source, new FrozenClock(frozen)).transaction(async (tx) => tx.now)).toEqual(frozen);
  });

  it('tells those who wait for its commit, then and only then', async () => {
    const heard: string[] = [];
    await db.transaction(async (tx) => {
      tx.afterCommit(() => heard.push('committed'));
      expect(heard).toEqual([]);
    });
    const failing = db.transaction(async (tx) => {
      tx.afterCommit(() => heard.push('rolled back'));
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(heard).toEqual(['committed']);
  });

  it('runs again when PostgreSQL broke a deadlock, and tells of it', async () => {
    const told: string[] = [];
    db.onRetry((sqlState) => told.push(sqlState));
    const [ann, bob, met] = [await open(100), await open(100), Promise.withResolvers<void>()];
    let started = 0;
    const pay = (from: number, to: number, cents: number) =>
      db.transaction(async (tx) => {
        await add(tx, from, -cents);
        if (++started === 2) met.resolve();
        await met.promise;
        await add(tx, to, cents);
      });

    await Promise.all([pay(ann, bob, 30), pay(bob, ann, 10)]);

    expect(started).toBe(3);
    expect(told).toEqual(['40P01']);
    expect([await balance(ann), await balance(bob)]).toEqual([80, 120]);
  });

  it('cannot be passed for: what is not an open one does not compile', () => {
    const store = (_: Tx) => true;
    const attempts = (source: DataSource) => [
      // @ts-expect-error a data source commits each statement alone
      store(source),
      // @ts-expect-error and so does its manager
      store(source.manager),
      // @ts-expect-error the database opens transactions, it is none
      store(db),
      // @ts-expect-error looking like one is not enough
      store({ now: new Date(), sql: () => Promise.resolve([]), repository: () => source.getRepository('account') }),
    ];
    expect(attempts(test.source)).toHaveLength(4);
  });
});

describe('a glance', () => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await testDatabase('bank', (url) => ownSchema(url, 'bank', [], []));
  });
  afterAll(() => test.drop());

  const now = (db: Database, more: number) => db.glance().sql<{ now: Date; more: number }>`
    select ${NOW} as now, ${more}::int as more`;

  it('reads by the instant of the database, or by the one that a test froze', async () => {
    const [found] = await now(new Database(test.source), 1);
    expect(found).toEqual({ now: expect.any(Date), more: 1 });
    const frozen = new FrozenClock(new Date('2030-03-01T09:00:00Z'));
    for (const more of [2, 3]) {
      expect(await now(new Database(test.source, frozen), more)).toEqual([{ now: frozen.now(), more }]);
    }
  });

  it('gives its connection back, also when the statement fails', async () => {
    const glance = new Database(test.source).glance();
    const failing = () => glance.sql`select 1 / ${0}::int`;
    for (let times = 0; times < 20; times++) await expect(failing()).rejects.toThrow('division by zero');
    expect(await glance.sql`select 1 as one`).toEqual([{ one: 1 }]);
  });

  it('is no transaction, and cannot pass for one', () => {
    const write = (_tx: Tx) => {};
    // @ts-expect-error a store that writes takes a transaction
    expect(() => write(new Database(test.source).glance())).not.toThrow();
  });

  it('asks for a later try when the database is not to be reached', async () => {
    const lost = await testDatabase('bank', (url) => ownSchema(url, 'bank', [], []));
    const glance = new Database(lost.source).glance();
    await lost.drop();
    await expect(glance.sql`select 1`).rejects.toBeInstanceOf(TryAgain);
  });
});
