import { FrozenClock, type TestDatabase, testDatabase } from '@scheduling/testing';
import { DataSource } from 'typeorm';
import { Database, type Tx } from './database.ts';
import { ownSchema } from './own-schema.ts';
import { inBatches, prune } from './pruning.ts';

const schema = (url: string) => ownSchema(url, 'attic', [], []);
const DAY = 24;
const INBOX = { table: 'inbox', since: 'received_at' };

describe('pruning', () => {
  const clock = new FrozenClock(new Date('2030-03-20T00:00:00Z'));
  let test: TestDatabase;
  let db: Database;
  beforeAll(async () => {
    test = await testDatabase('attic', schema);
    db = new Database(test.source, clock);
  });
  beforeEach(() => test.source.query('truncate inbox, dead_letters, idempotency'));
  afterAll(() => test.drop());

  /** Receipts, one a minute up to an instant. */
  const receipts = (many: number, until: string) =>
    test.source.query(
      `insert into inbox select 'attic.group', gen_random_uuid(), $2::timestamptz - make_interval(mins => n)
         from generate_series(0, $1 - 1) as n`,
      [many, until],
    );
  const left = async (table = 'inbox'): Promise<number> => {
    const [{ rows }] = await test.source.query(`select count(*)::int as rows from ${table}`);
    return rows;
  };

  it('takes what is older than it may be, to the millisecond', async () => {
    await receipts(1, '2030-03-06T00:00:00.000Z');
    await receipts(1, '2030-03-05T23:59:59.999Z');
    expect(await prune(db, INBOX, 14 * DAY)).toBe(1);
    expect(await test.source.query('select received_at from inbox')).toEqual([
      { received_at: new Date('2030-03-06T00:00:00Z') },
    ]);
  });

  it('takes only what may go', async () => {
    await test.source.query(`
      insert into dead_letters (consumer_group, event_id, envelope, error, attempts, died_at, resolved_at) values
        ('attic.group', gen_random_uuid(), '{}', 'never settled', 8, '2029-01-01', null),
        ('attic.group', gen_random_uuid(), '{}', 'kept', 8, '2029-01-01', '2030-02-01'),
        ('attic.group', gen_random_uuid(), '{}', 'just settled', 8, '2029-01-01', '2030-03-19'),
        ('attic.group', gen_random_uuid(), '{}', 'settled long ago', 8, '2029-01-01', '2030-02-01')`);
    const settled = {
      table: 'dead_letters',
      since: 'resolved_at',
      among: `resolved_at is not null and error <> 'kept'`,
    };
    expect(await prune(db, settled, 30 * DAY)).toBe(1);
    expect(await test.source.query('select error from dead_letters order by error')).toEqual([
      { error: 'just settled' },
      { error: 'kept' },
      { error: 'never settled' },
    ]);
  });

  it('takes all of more than one batch, a transaction each', async () => {
    await receipts(12_001, '2030-03-01T00:00:00Z');
    const begun = jest.spyOn(db, 'transaction');
    expect(await prune(db, INBOX, 14 * DAY)).toBe(12_001);
    expect(await left()).toBe(0);
    // Three of them, and the one that finds nothing.
    expect(begun).toHaveBeenCalledTimes(4);
    begun.mockRestore();
  });

  it('goes by the index of the rows’ age', async () => {
    await receipts(2000, '2030-03-20T00:00:00Z');
    await test.source.query('analyze inbox');
    const [{ 'QUERY PLAN': plan }] = await test.source.query(
      `explain (format json) select ctid from inbox where received_at < now() order by received_at limit 5000 for update skip locked`,
    );
    expect(JSON.stringify(plan)).toContain('"Index Name":"inbox_by_age"');
  });

  it('takes each row once when two replicas do it at once, and what one is at is not waited for', async () => {
    await receipts(8000, '2030-03-01T00:00:00Z');
    const other = await new DataSource(schema(test.url)).initialize();
    const gone = await Promise.all([db, new Database(other, clock)].map((replica) => prune(replica, INBOX, 14 * DAY)));
    expect(gone[0]! + gone[1]!).toBe(8000);
    expect(await left()).toBe(0);
    await other.destroy();
  });

  it('passes over a row that somebody is at', async () => {
    await receipts(3, '2030-03-01T00:00:00Z');
    await db.transaction(async (tx) => {
      await tx.sql`select 1 from inbox order by received_at limit 1 for update`;
      expect(await prune(db, INBOX, 14 * DAY)).toBe(2);
    });
    expect(await prune(db, INBOX, 14 * DAY)).toBe(1);
  });

  it('goes on where a crash has ended it', async () => {
    await receipts(30, '2030-03-01T00:00:00Z');
    let batches = 0;
    const crashing = async (tx: Tx) => {
      const rows = await tx.sql`delete from inbox where event_id in (select event_id from inbox limit 10) returning 1`;
      batches += 1;
      if (batches === 2) throw new Error('the process dies');
      return rows.length;
    };
    await expect(inBatches(db, crashing)).rejects.toThrow('dies');
    expect(await left()).toBe(20);
    expect(await prune(db, INBOX, 14 * DAY)).toBe(20);
  });
});
