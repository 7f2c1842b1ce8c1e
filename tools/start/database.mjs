import { createRequire } from 'node:module';
import { join } from 'node:path';
import { secret } from '../postgres/secrets.mjs';
import { schemaOf, withSchema } from './apps.mjs';
import { DATABASE, ROOT } from './settings.mjs';

const require = createRequire(join(ROOT, 'package.json'));

/** Makes the roles and schemas of `owners`, and what they share. */
export const provision = (adminUrl, owners, readers) =>
  require('@scheduling/persistence').provision(adminUrl, owners, readers);

/** Those who keep nothing and watch the event log. */
export const READERS = ['gateway'];

/**
 * Makes the database, roles and schemas of an embedded system and migrates them; answers, by the services' names,
 * where each one's own role signs in. `log` is told of each service that took steps.
 */
export async function prepareDatabase(adminUrl, dataDir, services, log) {
  await createDatabase(adminUrl);
  const admin = new URL(adminUrl);
  admin.pathname = `/${DATABASE}`;
  const owners = withSchema(services).map((service) => ({
    name: service.name,
    schema: schemaOf(service),
    password: secret(dataDir, service.name),
  }));
  const readers = READERS.map((role) => ({ role, password: secret(dataDir, role) }));
  await provision(admin.href, owners, readers);
  const roles = [...owners.map(({ name, schema, password }) => ({ name, role: schema, password })), ...readers];
  const urls = Object.fromEntries(roles.map((one) => [one.name ?? one.role, signInUrl(admin, one)]));
  for (const service of withSchema(services)) {
    const steps = await migrateService(service, urls[service.name]);
    if (steps > 0) log(`${service.name}: ${steps} migrations`);
  }
  return urls;
}

/** Brings one service's schema up to date, as `role` if one is named; answers how many steps it took. */
export function migrateService(service, url, role) {
  const options = service.schema(url);
  const { extra } = options;
  const acting = role ? { ...options, extra: { ...extra, options: `${extra.options} -c role=${role}` } } : options;
  return require('@scheduling/persistence').migrate(acting);
}

/** Where a role signs in. */
export function signInUrl(admin, { role, password }) {
  const url = new URL(admin);
  url.username = role;
  url.password = password;
  return url.href;
}

/** Makes the one database, unless it is there. */
export async function createDatabase(adminUrl) {
  const { Client } = require('pg');
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
    if (!rowCount) await client.query(`create database ${DATABASE}`);
  } finally {
    await client.end();
  }
}
