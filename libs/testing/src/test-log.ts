import { randomUUID } from 'node:crypto';
import { provision } from '@scheduling/persistence';
import { Client } from 'pg';

export interface TestLog {
  /** Where a role signs in that may only read the log. */
  readonly url: string;
  /** Writes a fact into the log, as its service's relay would. */
  readonly state: (type: string, key: string, data: object) => Promise<void>;
  readonly drop: () => Promise<void>;
}

const PASSWORD = 'test';

/** An event log in PostgreSQL with nobody behind it, for a process that watches it as `role`. */
export async function testLog(role: string): Promise<TestLog> {
  const server = process.env['TEST_DATABASE_URL']!;
  const name = `t_${randomUUID().replaceAll('-', '')}`;
  const admin = await connected(server);
  await admin.query(`create database ${name}`);
  // Roles belong to the whole server: two that make one at once would meet in its catalogue.
  await admin.query("select pg_advisory_lock(hashtext('test templates'))");
  await provision(new URL(name, server).href, [], [{ role, password: PASSWORD }]);
  await admin.query("select pg_advisory_unlock(hashtext('test templates'))");
  const log = await connected(new URL(name, server).href);
  return {
    url: Object.assign(new URL(name, server), { username: role, password: PASSWORD }).href,
    state: async (type, key, data) => {
      const envelope = { specversion: '1.0', id: randomUUID(), type, partitionkey: key, data };
      const topic = type.split('.').slice(0, 2).join('.');
      await log.query(
        'insert into bus.log (part, topic, key, type, event_id, envelope) values (0, $1, $2, $3, $4, $5)',
        [topic, key, type, envelope.id, envelope],
      );
    },
    drop: async () => {
      await log.end();
      await admin.query(`drop database ${name} with (force)`);
      await admin.end();
    },
  };
}

async function connected(url: string): Promise<Client> {
  const client = new Client({ connectionString: url });
  await client.connect();
  return client;
}
