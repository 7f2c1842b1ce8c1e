import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { CannotStart } from '../postgres/cannot-start.mjs';
import { runningUrl } from '../postgres/running-url.mjs';
import { capitals, loadKeepers, schemaOf } from '../start/apps.mjs';
import { DATABASE, dataDir, ROOT } from '../start/settings.mjs';

/** A connection to each service's schema, or only to that of the service whose group is meant. */
export async function openPlaces(group) {
  const { Client } = createRequire(join(ROOT, 'package.json'))('pg');
  const services = loadKeepers().filter(({ name }) => !group || group.startsWith(`${name}.`));
  if (services.length === 0) throw new CannotStart(`No service has a group ${group}.`);
  const places = [];
  for (const service of services) {
    const url = urlOf(service);
    if (!url) continue;
    const client = new Client({ connectionString: url, options: `-c search_path=${schemaOf(service)},public` });
    await client.connect();
    places.push({ service: service.name, client });
  }
  if (places.length === 0)
    throw new CannotStart(
      'Set ADMIN_DATABASE_URL, or the <APP>_DATABASE_URL of each app, or start the embedded system with npm start.',
    );
  return places;
}

function urlOf({ name }) {
  const { env } = process;
  if (env.ADMIN_DATABASE_URL) return env.ADMIN_DATABASE_URL;
  const isAddressed = loadKeepers().some((one) => env[`${capitals(one.name)}_DATABASE_URL`]);
  if (isAddressed) return env[`${capitals(name)}_DATABASE_URL`];
  return existsSync(dataDir()) && runningUrl(dataDir(), DATABASE);
}
