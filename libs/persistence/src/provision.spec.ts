import { randomUUID } from 'node:crypto';
import { type TestDatabase, testDatabase, until } from '@scheduling/testing';
import { Client } from 'pg';
import { ownSchema } from './own-schema.ts';
import { provision } from './provision.ts';

describe('provisioning', () => {
  const name = `t_${randomUUID().replaceAll('-', '')}`;
  // A role of its own: those of other tests are altered meanwhile.
  const owners = [{ schema: 'fresh', password: 'test' }];
  let test: TestDatabase;
  let url: string;
  beforeAll(async () => {
    test = await testDatabase('ours', (at) => ownSchema(at, 'ours', [], []));
    url = new URL(name, test.adminUrl).href;
    await asked(`create database ${name}`, test.adminUrl);
  });
  afterAll(async () => {
    await asked(`drop database ${name} with (force)`, test.adminUrl);
    await test.drop();
  });

  const asked = async <Row extends object>(text: string, at = url): Promise<Row[]> => {
    const client = new Client({ connectionString: at });
    await client.connect();
    const { rows } = await client.query<Row>(text);
    await client.end();
    return rows;
  };
  const INDEXES = `
    select relname as name, indisvalid as valid from pg_index join pg_class on pg_class.oid = indexrelid
     where relname in ('log_by_age', 'log_of_people') order by 1`;

  it('may be done by several at once, also where indexes are made that wait for everybody', async () => {
    await Promise.all([1, 2, 3].map(() => provision(url, owners)));
    expect(await asked(INDEXES)).toEqual([
      { name: 'log_by_age', valid: true },
      { name: 'log_of_people', valid: true },
    ]);
  });

  const POLICIES = 'select tablename, policyname, cmd, qual, with_check from pg_policies order by 1, 2';
  /** Somebody in the middle of reading the log, as a backup is for hours. */
  const reading = async () => {
    const reader = new Client({ connectionString: url });
    await reader.connect();
    await reader.query('begin');
    await reader.query('select from bus.log limit 1');
    return reader;
  };

  it('holds up nobody where all is there, whoever reads for however long', async () => {
    const reader = await reading();
    const before = await asked(POLICIES);
    await provision(url, owners);
    expect(before).toHaveLength(4);
    expect(await asked(POLICIES)).toEqual(before);
    await reader.end();
  });

  it('gives way to readers where something is missing, and makes it once they are done', async () => {
    const before = await asked(POLICIES);
    await asked('drop policy forget_own on bus.log; alter table bus.log disable row level security');
    const reader = await reading();
    const made = provision(url, owners);
    const waiting =
      "select pid from pg_stat_activity where wait_event_type = 'Lock' and query like 'begin; set local%'";
    await until('it to meet the reader', async () => (await asked(waiting)).length > 0);
    // It asked for a moment only: whoever came behind it is let in while the first still reads.
    await asked('select from bus.log limit 1');
    await reader.end();
    await made;
    expect(await asked(POLICIES)).toEqual(before);
    expect(await asked("select relrowsecurity from pg_class where oid = 'bus.log'::regclass")).toEqual([
      { relrowsecurity: true },
    ]);
  });

  it('makes anew an index that was broken off', async () => {
    await asked("update pg_index set indisvalid = false where indexrelid = 'bus.log_by_age'::regclass");
    await provision(url, owners);
    expect(await asked(INDEXES)).toMatchObject([{ valid: true }, { valid: true }]);
  });
});
