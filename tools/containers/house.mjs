import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { startPostgres } from '../postgres/start-postgres.mjs';
import { secret } from '../postgres/secrets.mjs';
import { capitals, KEEPERS, schemaOf } from '../start/apps.mjs';
import { createDatabase, READERS, signInUrl } from '../start/database.mjs';
import { DATABASE } from '../start/settings.mjs';
import { Container, runJob } from './container.mjs';
import { environments, SERVICES } from './settings.mjs';

/** Starts PostgreSQL, has the image of jobs migrate it, and starts every service in its container: `{ gateway, containers }`. */
export async function startHouse(tools, folder, opened, signal) {
  chmodSync(folder, 0o711); // PostgreSQL's own user passes through it
  const dataDir = join(folder, 'data');
  const postgres = await startPostgres({ dataDir, log: () => undefined, signal });
  opened.add('PostgreSQL', postgres.stop);
  const urls = await migrate(tools, postgres.url, dataDir);
  const { gateway, addressOf, environmentOf } = await environments(urls, dataDir);
  const containers = SERVICES.map((name) => new Container(tools, name, environmentOf(name)));
  for (const container of containers) {
    opened.add(container.name, () => container.remove());
    await container.start();
  }
  for (const container of containers) await container.ready(addressOf(container.name), signal);
  return { gateway, containers };
}

/** As a cluster does it: the administrator's url goes to the job alone; answers where each service's own role signs in. */
async function migrate(tools, adminUrl, dataDir) {
  await createDatabase(adminUrl);
  const admin = Object.assign(new URL(adminUrl), { pathname: `/${DATABASE}` });
  const names = [...KEEPERS, ...READERS];
  const passwords = names.map((name) => [`${capitals(name)}_DB_PASSWORD`, secret(dataDir, name)]);
  const said = await runJob(tools, { ADMIN_DATABASE_URL: admin.href, ...Object.fromEntries(passwords) });
  console.log(said.split('\n').at(-1));
  const urlOf = (name) => signInUrl(admin, { role: schemaOf({ name }), password: secret(dataDir, name) });
  return Object.fromEntries(names.map((name) => [name, urlOf(name)]));
}
