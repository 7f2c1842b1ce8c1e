import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { CannotStart } from '../postgres/cannot-start.mjs';
import { secret } from '../postgres/secrets.mjs';
import { freePort } from '../postgres/server.mjs';
import { doubles } from './doubles.mjs';
import { portRefused } from './port.mjs';
import { ROOT } from './settings.mjs';
import { tokenKeys } from './token-keys.mjs';

const require = createRequire(join(ROOT, 'package.json'));

/** The services that keep something: each has a schema, and a role of the same name as that. */
export const KEEPERS = ['accounts', 'availability', 'booking', 'calendar-sync', 'notification'];

/** Loads the built services in the order in which they start, gateway last. */
export const loadServices = () => ['sandbox', ...KEEPERS, 'gateway'].map(loadService);

/** Loads those of them that keep something. */
export const loadKeepers = () => KEEPERS.map(loadService);

/** Those of these services that keep something. */
export const withSchema = (services) => services.filter((service) => service.schema);

/** What the schema and the role of a service are called, such as `calendar_sync`. */
export const schemaOf = ({ name }) => name.replaceAll('-', '_');

function loadService(name) {
  const file = join(ROOT, 'apps', name, 'dist', 'service.js');
  if (!existsSync(file)) throw new CannotStart(`apps/${name} is not built: run npm run build.`);
  return require(file).service;
}

/**
 * Starts every service on a loopback port of its own, and the gateway after them on `port`; each that runs is pushed
 * to `running` at once, so that a failure in the middle stops those before it. `overrides` replace parts of those that keep something.
 */
export async function startServices(
  { services, env, dataDir, databases, port, host, signal, overrides = [] },
  running,
) {
  const { run, readConfig } = require('@scheduling/service-kit');
  const smtpPort = await freePort();
  const gateway = publicUrl(port, host);
  const embedded = {
    ...env,
    ...(await doubles(env, gateway, dataDir)),
    CALENDAR_TOKEN_KEYS: env.CALENDAR_TOKEN_KEYS || tokenKeys(dataDir),
    UNSUBSCRIBE_SECRET: env.UNSUBSCRIBE_SECRET || secret(dataDir, 'unsubscribe'),
    PUBLIC_URL: env.PUBLIC_URL || gateway,
    ICS_LOCAL_ORIGIN: gateway,
    ...(env.NODE_ENV !== 'production' && { MESSAGE_PREVIEW: 'on' }),
    LOG_LEVEL: env.LOG_LEVEL || 'warn',
    PORT: '0',
    HOST: '127.0.0.1',
    EMBEDDED: '1',
    AUTH_ISSUER: `${gateway}/api/v1/accounts`,
    SMTP_PORT: String(smtpPort),
    SMTP_URL: `smtp://127.0.0.1:${smtpPort}?ignoreTLS=true`,
  };
  const urls = {};
  for (const service of services) {
    signal.throwIfAborted();
    const own = service.name === 'gateway' ? { ...urls, PORT: String(port), HOST: host } : {};
    const settings = { ...embedded, ...own, DATABASE_URL: databases[service.name] ?? '' };
    try {
      const { app, url, close } = await run(service, readConfig(service.config, settings), service.schema && overrides);
      running.push({ name: service.name, app, close });
      urls[`${capitals(service.name)}_URL`] = url;
    } catch (cause) {
      throw (
        portRefused(cause, port, host) ?? new CannotStart(`${service.name} did not start: ${cause.message}`, { cause })
      );
    }
  }
}

/** A service's name as environment variables begin. */
export const capitals = (name) => name.toUpperCase().replaceAll('-', '_');

/** How a browser on this machine calls the gateway. */
export const publicUrl = (port, host) =>
  `http://${['127.0.0.1', '0.0.0.0', '::', '::1'].includes(host) ? 'localhost' : host}:${port}`;
