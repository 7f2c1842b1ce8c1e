// npm run migrate: brings every schema up to date, in the first of these places that the environment names:
// ADMIN_DATABASE_URL (roles and schemas are made there too), <APP>_DATABASE_URL of each app, the embedded database.
import { existsSync } from 'node:fs';
import { runningUrl } from '../postgres/running-url.mjs';
import { startPostgres } from '../postgres/start-postgres.mjs';
import { capitals, loadKeepers, schemaOf } from './apps.mjs';
import { build } from './build.mjs';
import { migrateService, prepareDatabase, provision, READERS } from './database.mjs';
import { complain, say } from './progress.mjs';
import { dataDir } from './settings.mjs';
import { Stopped, stopSignal } from './stop-signal.mjs';

const { signal } = stopSignal();
const env = process.env;

try {
  await build(signal);
  const services = loadKeepers();
  const addressed = services.filter((service) => addressOf(service));
  if (env.ADMIN_DATABASE_URL) await asAdministrator(env.ADMIN_DATABASE_URL, services);
  else if (addressed.length > 0) for (const service of addressed) await migrate(service, addressOf(service));
  else await embedded(services);
  signal.throwIfAborted();
  say('Every schema is up to date');
} catch (error) {
  if (error instanceof Stopped) console.error('Stopped before the end.');
  else complain(error);
  process.exitCode = 1;
}
process.exit();

function addressOf({ name }) {
  return env[`${capitals(name)}_DATABASE_URL`];
}

async function migrate(service, url, role) {
  signal.throwIfAborted();
  say(`${service.name}: ${await migrateService(service, url, role)} migrations`);
}

/** The administrator makes the roles, and acts as each of them: no role needs a password for that. */
async function asAdministrator(url, services) {
  const passwordOf = (name) => env[`${capitals(name)}_DB_PASSWORD`];
  await provision(
    url,
    services.map((service) => ({ schema: schemaOf(service), password: passwordOf(service.name) })),
    READERS.map((role) => ({ role, password: passwordOf(role) })),
  );
  for (const service of services) await migrate(service, url, schemaOf(service));
}

async function embedded(services) {
  const running = existsSync(dataDir()) && runningUrl(dataDir(), 'postgres');
  if (running) return void (await prepareDatabase(running, dataDir(), services, say));
  const postgres = await startPostgres({ dataDir: dataDir(), log: say, signal });
  try {
    await prepareDatabase(postgres.url, dataDir(), services, say);
  } finally {
    await postgres.stop();
  }
}
