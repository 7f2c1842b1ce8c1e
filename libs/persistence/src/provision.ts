import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { BUS, BUS_INDEXES } from './bus.sql.ts';
import { giveWay } from './give-way.ts';

/** A schema and the role of the same name that owns it. */
export interface Owner {
  readonly schema: string;
  /** None keeps the password that an existing role has. */
  readonly password?: string;
}

/** A role that keeps nothing, and may only read the event log. */
export interface Reader {
  readonly role: string;
  /** None keeps the password that an existing role has. */
  readonly password?: string;
}

const PAUSE_MS = 100;
/** How long locks that others hold are tried again for; a deployment that waits longer has something to look at. */
const PATIENCE_MS = 10 * 60_000;

/**
 * Makes what only an administrator may: a role and a schema for each service, the extension, the bus.
 * Safe to run again, and beside a running system. Each role owns its schema and has no grant on another.
 */
export async function provision(
  adminUrl: string,
  owners: readonly Owner[],
  readers: readonly Reader[] = [],
): Promise<void> {
  const admin = new Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    // Roles belong to the whole server: two that provision at once would meet in its catalogue.
    await myTurn(admin);
    await makeBus(admin);
    await makeIndexes(admin);
    for (const owner of owners) await provide(admin, owner);
    for (const reader of readers) await letRead(admin, reader);
  } finally {
    await admin.end();
  }
}

/** Asks again and again instead of waiting: whoever waits holds a snapshot, for which an index that is made concurrently would wait in return. */
async function myTurn(admin: Client): Promise<void> {
  for (;;) {
    const { rows } = await admin.query<{ mine: boolean }>("select pg_try_advisory_lock(hashtext('provision')) as mine");
    if (rows[0]!.mine) return;
    await pause(PAUSE_MS);
  }
}

/** Makes what is missing at once or not at all, and gives way to whoever is at it. */
function makeBus(admin: Client): Promise<void> {
  return giveWay(async () => {
    try {
      await admin.query(
        `begin; set local lock_timeout = '1s'; create extension if not exists btree_gist; ${BUS} commit`,
      );
    } catch (error) {
      await admin.query('rollback');
      throw error;
    }
  }, Date.now() + PATIENCE_MS);
}

/** Makes what is missing without holding up those who write; what an earlier attempt left broken is in the way of the name. */
async function makeIndexes(admin: Client): Promise<void> {
  const { rows } = await admin.query<{ index: string }>(`
    select indexrelid::regclass::text as index from pg_index join pg_class on pg_class.oid = indexrelid
     where not indisvalid and relnamespace = 'bus'::regnamespace`);
  for (const { index } of rows) await admin.query(`drop index concurrently ${index}`);
  for (const index of BUS_INDEXES) await admin.query(index);
}

async function provide(admin: Client, { schema, password }: Owner): Promise<void> {
  const role = await makeRole(admin, schema, password);
  await admin.query(`
    create schema if not exists ${role} authorization ${role};
    grant usage on schema bus to ${role};
    grant select, insert, delete on bus.log to ${role};
    grant select, insert, update on bus.offsets to ${role};
  `);
}

async function letRead(admin: Client, { role: name, password }: Reader): Promise<void> {
  const role = await makeRole(admin, name, password);
  await admin.query(`grant usage on schema bus to ${role}; grant select on bus.log to ${role}`);
}

/** Makes a role that may sign in, unless it is there; answers its name as SQL has it. */
async function makeRole(admin: Client, name: string, password: string | undefined): Promise<string> {
  const role = admin.escapeIdentifier(name);
  const { rowCount } = await admin.query('select 1 from pg_roles where rolname = $1', [name]);
  if (!rowCount) await admin.query(`create role ${role} login`);
  if (password) await admin.query(`alter role ${role} password ${admin.escapeLiteral(password)}`);
  return role;
}
