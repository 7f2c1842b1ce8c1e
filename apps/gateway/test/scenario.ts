import { run, type RunningService } from '@scheduling/service-kit';
import { testIssuer, type TestIssuer, testLog, type TestLog } from '@scheduling/testing';
import { GatewayConfig } from '../src/config.ts';
import { service } from '../src/service.ts';
import { upstream, type Upstream } from './upstream.ts';

const NAMES = ['accounts', 'availability', 'booking', 'calendar-sync', 'notification', 'sandbox'] as const;

/** A gateway, an issuer, and services that remember what they were asked. */
export interface Scene {
  readonly url: string;
  readonly issuer: TestIssuer;
  readonly log: TestLog;
  readonly services: Record<(typeof NAMES)[number], Upstream>;
  /** Asks the gateway; signed in as the given token says. */
  readonly ask: (path: string, token?: string, init?: RequestInit) => Promise<Response>;
  /** Starts another replica of the gateway, which ends with the scene. */
  readonly another: () => Promise<RunningService>;
  readonly close: () => Promise<void>;
}

/** Starts everything on free ports; other settings replace the usual ones. */
export async function scene(settings: Partial<GatewayConfig> = {}): Promise<Scene> {
  const issuer = await testIssuer();
  const log = await testLog('gateway');
  const started = await Promise.all(NAMES.map(async (name) => [name, await upstream(name)] as const));
  const services = Object.fromEntries(started) as Scene['services'];
  const config = Object.assign(new GatewayConfig(), {
    PORT: 0,
    HOST: '127.0.0.1',
    LOG_LEVEL: 'error',
    RATE_LIMITS: 'off',
    AUTH_ISSUER: issuer.url,
    DATABASE_URL: log.url,
    ...Object.fromEntries(started.map(([name, { url }]) => [`${name.toUpperCase().replace('-', '_')}_URL`, url])),
    ...settings,
  });
  const gateway: RunningService = await run(service, config);
  const others: RunningService[] = [];
  return {
    url: gateway.url,
    issuer,
    log,
    services,
    ask: (path, token, init = {}) =>
      fetch(`${gateway.url}${path}`, {
        redirect: 'manual',
        ...init,
        headers: { ...(token && { authorization: `Bearer ${token}` }), ...init.headers },
      }),
    another: async () => {
      const other = await run(service, config);
      others.push(other);
      return other;
    },
    close: async () => {
      await Promise.all([gateway, ...others].map((one) => one.close()));
      await Promise.all(started.map(([, service]) => service.close()));
      await log.drop();
      await issuer.close();
    },
  };
}
