import { type TestDatabase, testDatabase, until } from '@scheduling/testing';
import { DataSource } from 'typeorm';
import { ForwardOnly } from './forward-only.ts';
import { migrate } from './migrate.ts';
import { ownSchema } from './own-schema.ts';
import { StepByStep } from './step-by-step.ts';

class Lessons1900000000001 extends ForwardOnly {
  override readonly sql =
    'create table lessons (id int not null, tutor int not null); insert into lessons values (1, 1)';
}
class LessonsPrice1900000000002 extends ForwardOnly {
  override readonly sql = 'alter table lessons add column cents int';
}
class LessonsIndexes1900000000003 extends StepByStep {
  override readonly steps = [
    'create index concurrently if not exists lessons_of_tutor on lessons (tutor)',
    'create unique index concurrently if not exists lessons_by_id on lessons (id)',
  ];
}
class Slow1900000000004 extends ForwardOnly {
  override readonly sql = "create table slow as select current_setting('statement_timeout') as statement";
}
class Patient1900000000005 extends StepByStep {
  override readonly steps = ["create table patient as select current_setting('lock_timeout') as lock"];
}
class Hasty1900000000006 extends ForwardOnly {
  override readonly sql = "create table hasty as select current_setting('lock_timeout') as lock";
}

const schema =
  (...steps: (new () => ForwardOnly)[]) =>
  (url: string) =>
    ownSchema(url, 'moving', [], steps);
const ALL = [Lessons1900000000001, LessonsPrice1900000000002, LessonsIndexes1900000000003];

describe('a migration', () => {
  let test: TestDatabase;
  let other: DataSource;
  beforeEach(async () => {
    test = await testDatabase('moving', schema(Lessons1900000000001));
    other = await new DataSource(schema()(test.url)).initialize();
  });
  afterEach(async () => {
    await other.destroy();
    await test.drop();
  });

  const indexes = () =>
    test.source.query(`select relname, indisvalid from pg_index join pg_class on pg_class.oid = indexrelid
      where indrelid = 'lessons'::regclass order by relname`);

  /** Keeps a transaction open that uses the table, as a slow request does. */
  async function using(statement: string) {
    const runner = other.createQueryRunner();
    await runner.startTransaction();
    await runner.query(statement);
    return async () => {
      await runner.commitTransaction();
      await runner.release();
    };
  }
  const waiting = (what: string) => async () =>
    (await test.source.query(`select from pg_stat_activity where wait_event_type = 'Lock' and query ilike '${what}%'`))
      .length > 0;

  it('gives way to whoever holds its table, and is taken when they are done', async () => {
    const done = await using('select from lessons');
    const migrating = migrate(schema(...ALL)(test.url));
    await until('the migration waits for the table', waiting('alter table'));
    // Those who came behind it get their turn before it does: it has let go of its place in the queue.
    await test.source.query('insert into lessons values (2, 2)');
    await done();
    expect(await migrating).toBe(2);
  });

  it('ends with what stood in its way when it has given way for long enough', async () => {
    const done = await using('select from lessons');
    await expect(migrate(schema(...ALL)(test.url), { patienceMs: 100 })).rejects.toThrow('lock timeout');
    await done();
    expect(await test.source.query('select * from lessons')).toEqual([{ id: 1, tutor: 1 }]);
  });

  it('may take as long as it needs, and waits long only where nobody waits for it', async () => {
    await migrate(schema(...ALL, Slow1900000000004, Patient1900000000005, Hasty1900000000006)(test.url));
    const seen = await test.source.query(
      'select statement, patient.lock, hasty.lock as after from slow, patient, hasty',
    );
    expect(seen).toEqual([{ statement: '0', lock: '5min', after: '1s' }]);
  });

  it('makes indexes while a transaction is underway, and lets others write meanwhile', async () => {
    await migrate(schema(Lessons1900000000001, LessonsPrice1900000000002)(test.url));
    const done = await using('insert into lessons values (3, 3)');
    const migrating = migrate(schema(...ALL)(test.url));
    await until('the index waits for the transaction', waiting('create index'));
    await test.source.query('insert into lessons values (2, 2)');
    await done();
    expect(await migrating).toBe(1);
    expect((await indexes()).length).toBe(2);
  });

  it('makes an index anew that was broken off', async () => {
    await test.source.query('insert into lessons values (1, 2)'); // No unique index can be made over this.
    await expect(migrate(schema(...ALL)(test.url))).rejects.toThrow('could not create unique index');
    expect(await indexes()).toContainEqual({ relname: 'lessons_by_id', indisvalid: false });
    await test.source.query('delete from lessons where tutor = 2');
    expect(await migrate(schema(...ALL)(test.url))).toBe(1);
    expect(await indexes()).toEqual([
      { relname: 'lessons_by_id', indisvalid: true },
      { relname: 'lessons_of_tutor', indisvalid: true },
    ]);
  });

  it('is taken once by two that migrate at once, and neither keeps the other from making its indexes', async () => {
    const steps = await Promise.all([migrate(schema(...ALL)(test.url)), migrate(schema(...ALL)(test.url))]);
    expect(steps.toSorted()).toEqual([0, 2]);
  });
});
