import { fixedPort } from '../prove/ports.mjs';
import { capitals, KEEPERS } from '../start/apps.mjs';
import { doubles } from '../start/doubles.mjs';
import { secret } from '../postgres/secrets.mjs';
import { tokenKeys } from '../start/token-keys.mjs';

/** Every service, the gateway last. */
export const SERVICES = ['sandbox', ...KEEPERS, 'gateway'];

/**
 * What each container's environment says, by the service's name: on the loopback of this machine, whose network they share, as in npm start.
 * `urls` is where each one's role signs in. Doubles of providers are refused in production, and so this is none.
 */
export async function environments(urls, dataDir) {
  const ports = {};
  for (const name of SERVICES) ports[name] = await fixedPort();
  const addressOf = (name) => `http://127.0.0.1:${ports[name]}`;
  const gateway = addressOf('gateway');
  const smtpPort = await fixedPort();
  const everywhere = {
    ...Object.fromEntries(SERVICES.map((name) => [`${capitals(name)}_URL`, addressOf(name)])),
    ...(await doubles({}, gateway, dataDir)),
    NODE_ENV: 'development',
    HOST: '127.0.0.1',
    EMBEDDED: '1',
    AUTH_ISSUER: `${gateway}/api/v1/accounts`,
    PUBLIC_URL: gateway,
    ICS_LOCAL_ORIGIN: gateway,
    CALENDAR_TOKEN_KEYS: tokenKeys(dataDir),
    UNSUBSCRIBE_SECRET: secret(dataDir, 'unsubscribe'),
    SMTP_PORT: smtpPort,
    SMTP_URL: `smtp://127.0.0.1:${smtpPort}?ignoreTLS=true`,
  };
  const environmentOf = (name) => ({
    ...everywhere,
    PORT: ports[name],
    ...(urls[name] && { DATABASE_URL: urls[name] }),
  });
  return { gateway, addressOf, environmentOf };
}
