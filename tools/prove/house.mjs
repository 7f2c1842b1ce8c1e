import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '../postgres/start-postgres.mjs';
import { capitals, loadServices } from '../start/apps.mjs';
import { prepareDatabase } from '../start/database.mjs';
import { google } from '../start/doubles.mjs';
import { DATABASE, ROOT } from '../start/settings.mjs';
import { tokenKeys } from '../start/token-keys.mjs';
import { Balancer } from './balancer.mjs';
import { eventually } from './eventually.mjs';
import { fixedPort } from './ports.mjs';
import { Supervised } from './supervised.mjs';

/** Those that die and come back; the sandbox is the world outside, and stays. */
export const MORTAL = ['accounts', 'availability', 'booking', 'calendar-sync', 'notification', 'gateway'];

const READY_SECONDS = 60;
const SLOW_SECONDS = 3;

/**
 * Starts PostgreSQL and every service, each in a process of its own, or in so many `replicas` behind a balancer; adds each part to `opened`
 * as it starts. `more` and `server` are further settings of the services and of PostgreSQL.
 */
export async function startHouse(
  { name, say, brokers = [], beforeServices, replicas = 1, more = () => ({}), server = () => ({}) },
  opened,
  signal,
) {
  const folder = mkdtempSync(join(tmpdir(), `scheduling-prove-${name}-`));
  chmodSync(folder, 0o711); // PostgreSQL's own user passes through it when we are root
  opened.add('the folder of a proof', async () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  const dataDir = join(folder, 'data');
  const postgres = await startPostgres({ dataDir, log: () => undefined, settings: server(folder), signal });
  opened.add('PostgreSQL', postgres.stop);
  const databases = await prepareDatabase(postgres.url, dataDir, loadServices(), () => undefined);
  const adminUrl = Object.assign(new URL(postgres.url), { pathname: `/${DATABASE}` }).href;
  await beforeServices(adminUrl);

  const { env, ports } = await settings({ databases, brokers, dataDir, more });
  const services = await manned({ env, ports, folder, replicas }, opened);
  opened.add('the services', () => Promise.all(Object.values(services).map((service) => stopped(service, say))));
  for (const service of Object.values(services)) service.start();
  for (const service of Object.values(services)) await ready(service, service.env.PORT, signal);
  for (const port of Object.values(ports)) await ready(services.gateway, port, signal);
  say(`every service answers, the gateway on ${ports.gateway}`);
  return {
    folder,
    dataDir,
    postgres,
    adminUrl,
    services,
    gateway: `http://127.0.0.1:${ports.gateway}`,
    replicasOf: (app) => Object.values(services).filter((service) => service.app === app),
    ready: (service) => ready(service, service.env.PORT, signal),
  };
}

/** The processes: one of each that listens where it is looked for, or several of each, behind a balancer that listens there. */
async function manned({ env, ports, folder, replicas }, opened) {
  const services = { sandbox: supervised('sandbox', env('sandbox'), folder) };
  for (const app of MORTAL) {
    if (replicas === 1) {
      services[app] = supervised(app, env(app), folder);
      continue;
    }
    const own = [];
    for (let n = 0; n < replicas; n += 1) own.push(await fixedPort());
    own.forEach((port, n) => {
      const name = n === 0 ? app : `${app}-${n + 1}`;
      services[name] = supervised(app, { ...env(app), PORT: String(port) }, folder, name);
    });
    const balancer = new Balancer(own);
    await balancer.open(ports[app]);
    opened.add(`the balancer of ${app}`, () => balancer.close());
  }
  return services;
}

async function settings({ databases, brokers, dataDir, more }) {
  const ports = {};
  for (const app of ['sandbox', ...MORTAL]) ports[app] = await fixedPort();
  const smtpPort = await fixedPort();
  const urls = Object.fromEntries(
    Object.entries(ports).map(([app, port]) => [`${capitals(app)}_URL`, `http://127.0.0.1:${port}`]),
  );
  const env = {
    ...urls,
    PATH: process.env.PATH,
    TZ: 'UTC',
    LOG_LEVEL: 'warn',
    RATE_LIMITS: 'off', // a proof asks more than a person may
    HOST: '127.0.0.1',
    EMBEDDED: '1',
    AUTH_ISSUER: `${urls.GATEWAY_URL}/api/v1/accounts`,
    KAFKA_BROKERS: brokers.join(','),
    ...google(await fixedPort(), urls.GATEWAY_URL),
    PUBLIC_URL: urls.GATEWAY_URL,
    CALENDAR_TOKEN_KEYS: tokenKeys(dataDir),
    SMTP_PORT: String(smtpPort),
    SMTP_URL: `smtp://127.0.0.1:${smtpPort}?ignoreTLS=true`,
    ...(await more(urls.GATEWAY_URL, dataDir)),
    // What CI finds its own processes by.
    ...(process.env.SCHEDULING_CI_RUN && { SCHEDULING_CI_RUN: process.env.SCHEDULING_CI_RUN }),
  };
  const withDatabase = (app) => ({ ...env, PORT: String(ports[app]), DATABASE_URL: databases[app] ?? '' });
  return { env: withDatabase, ports };
}

async function stopped(service, say) {
  const began = performance.now();
  const isPolite = await service.stop();
  const seconds = (performance.now() - began) / 1000;
  if (!isPolite || seconds > SLOW_SECONDS)
    say(`${service.name} took ${seconds.toFixed(1)} s to stop${isPolite ? '' : ', and was killed'}`);
}

const supervised = (app, env, folder, name = app) =>
  new Supervised({
    app,
    name,
    command: [process.execPath, join(ROOT, 'apps', app, 'dist', 'main.js')],
    env,
    logFile: join(folder, `${name}.log`),
  });

async function ready(service, port, signal) {
  const ask = () =>
    fetch(`http://127.0.0.1:${port}/health/ready`, { signal: AbortSignal.timeout(2000) }).then(
      ({ ok }) => ok,
      () => false,
    );
  if (await eventually(ask, { seconds: READY_SECONDS, signal })) return;
  throw new Error(`${service.name} did not answer in ${READY_SECONDS} s:\n${service.complaints().join('\n')}`);
}
