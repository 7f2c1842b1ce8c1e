import { Client } from 'pg';
import { BUS } from './bus.sql.ts';

/** A schema and the role of the same name that owns it. */
export interface Owner {
  readonly schema: string;
  /** None keeps the password that an existing role has. */
  readonly password?: string;
}

/**
 * Makes what only an administrator may: a role and a schema for each service, the extension, the bus.
 * Safe to run again, and beside a running system. Each role owns its schema and has no grant on another.
 */
export async function provision(adminUrl: string, owners: readonly Owner[]): Promise<void> {
  const admin = new Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    // Roles belong to the whole server: two that provision at once would meet in its catalogue.
    await admin.query("select pg_advisory_lock(hashtext('provision'))");
    await admin.query(`create extension if not exists btree_gist; ${BUS}`);
    for (const owner of owners) await provide(admin, owner);
  } finally {
    await admin.end();
  }
}

async function provide(admin: Client, { schema, password }: Owner): Promise<void> {
  const role = admin.escapeIdentifier(schema);
  const { rowCount } = await admin.query('select 1 from pg_roles where rolname = $1', [schema]);
  if (!rowCount) await admin.query(`create role ${role} login`);
  if (password) await admin.query(`alter role ${role} password ${admin.escapeLiteral(password)}`);
  await admin.query(`
    create schema if not exists ${role} authorization ${role};
    grant usage on schema bus to ${role};
    grant select, insert on bus.log to ${role};
    grant select, insert, update on bus.offsets to ${role};
  `);
}
