import { createHash, randomUUID } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { BUS, BUS_INDEXES, migrate, provision } from '@scheduling/persistence';
import { Client } from 'pg';
import { DataSource, type DataSourceOptions } from 'typeorm';

export interface TestDatabase {
  readonly source: DataSource;
  /** Where the service's own role signs in. */
  readonly url: string;
  /** Where an administrator signs in to the same database. */
  readonly adminUrl: string;
  readonly drop: () => Promise<void>;
}

const PASSWORD = 'test';

/** A fresh, migrated database on the test server, for one test file: a copy of a template that the first one made. */
export async function testDatabase(schema: string, options: (url: string) => DataSourceOptions): Promise<TestDatabase> {
  const server = process.env['TEST_DATABASE_URL']!;
  const template = await templateOf(server, schema, options);
  const name = `t_${randomUUID().replaceAll('-', '')}`;
  await run(server, `create database ${name} template ${template}`);

  const url = signIn(server, name, schema);
  const source = await new DataSource(options(url)).initialize();
  return {
    source,
    url,
    adminUrl: new URL(name, server).href,
    drop: async () => {
      await noteDeeds(source);
      await source.destroy();
      await run(server, `drop database ${name} with (force)`);
    },
  };
}

/** Notes what requests have left in the audit trail: the whole run is held against what tools/audit promises of each route. */
async function noteDeeds(source: DataSource): Promise<void> {
  const file = process.env['DEEDS_FILE'];
  if (!file) return;
  const deeds = `select distinct cause, action from audit_trail where cause like '% /api/%'`;
  // A test that has left its database unusable only loses this note.
  const rows = await source.query<object[]>(deeds).catch(() => []);
  if (rows.length > 0) appendFileSync(file, `${JSON.stringify(rows)}\n`);
}

function signIn(server: string, database: string, role: string): string {
  return Object.assign(new URL(database, server), { username: role, password: PASSWORD }).href;
}

/** The template's name carries a hash of what makes it, so that a server which outlives a change gets a new one. */
async function templateOf(
  server: string,
  schema: string,
  options: (url: string) => DataSourceOptions,
): Promise<string> {
  const steps = Object.values(options(server).migrations ?? []) as (new () => { sql: string })[];
  const content = steps.map((Step) => new Step().sql).join('\n') + BUS + BUS_INDEXES.join() + provision.toString();
  const template = `template_${schema}_${createHash('sha256').update(content).digest('hex').slice(0, 12)}`;

  const admin = new Client({ connectionString: server });
  await admin.connect();
  try {
    await admin.query("select pg_advisory_lock(hashtext('test templates'))");
    const { rowCount } = await admin.query('select 1 from pg_database where datname = $1', [template]);
    if (rowCount) return template;

    const draft = `${template}_draft`;
    await admin.query(`drop database if exists ${draft} with (force)`);
    await admin.query(`create database ${draft}`);
    await provision(new URL(draft, server).href, [{ schema, password: PASSWORD }]);
    await migrate(options(signIn(server, draft, schema)));
    await admin.query(`alter database ${draft} rename to ${template}`);
    return template;
  } finally {
    await admin.end();
  }
}

async function run(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
