import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ROOT } from '../../generate/root.mjs';
import { sampleOf } from '../samples.mjs';

const require = createRequire(import.meta.url);
const { EnvironmentRefused, readConfig } = require(join(ROOT, 'libs/service-kit/src/read-config.ts'));
const { getMetadataStorage } = require('class-validator');

/** Read by a library: OpenTelemetry's own. */
const LIBRARIES = /^OTEL_[A-Z_]+$/;
/** Nobody real may meet these. */
const NOT_IN_PRODUCTION = ['EMBEDDED', 'MESSAGE_PREVIEW', 'SANDBOX_URL', 'RATE_LIMITS'];

/** What processes read, by the very classes that read it. */
export const settings = {
  'sets nothing that a service does not read': ({ services, environmentOf }) =>
    services.flatMap((service) => {
      const known = variablesOf(service.name);
      return environmentOf(service)
        .map(({ name }) => name.replace(/_FILE$/, ''))
        .filter((name) => !known.has(name) && !LIBRARIES.test(name))
        .map((name) => `${service.name} does not read ${name}`);
    }),

  'has every service accept its settings, with secrets of the right form': ({ services, environmentOf }) =>
    services.flatMap((service) => refusals(service.name, environmentOf(service))),

  'says each setting once, in one way': ({ services, environmentOf }) =>
    services.flatMap((service) => {
      const names = environmentOf(service).map(({ name }) => name);
      return names.map((name) => names.includes(`${name}_FILE`) && `${service.name} sets ${name} and its file`);
    }),

  'names by each address a Service and a port of it': ({ services, environmentOf, find }) =>
    services.flatMap((service) =>
      environmentOf(service).flatMap(({ name, value }) => {
        const [, host, port] = /^http:\/\/([a-z-]+)(?:\.scheduling)?(?::(\d+))?(?:\/|$)/.exec(value ?? '') ?? [];
        if (!host) return [];
        const there = find('Service', host)?.spec.ports.some((one) => one.port === Number(port ?? 80));
        return [!there && `${service.name}: ${name} is ${value}, where nothing is`];
      }),
    ),

  'calls itself in public as the Ingress does': ({ services, environmentOf, of }) => {
    const hosts = of('Ingress').flatMap(({ spec }) =>
      spec.rules.map(
        ({ host }) => `${spec.tls?.some(({ hosts: safe }) => safe.includes(host)) ? 'https' : 'http'}://${host}`,
      ),
    );
    return services.flatMap((service) =>
      environmentOf(service)
        .filter(({ name }) => ['PUBLIC_URL', 'GOOGLE_REDIRECT_URI'].includes(name))
        .filter(({ value }) => !hosts.includes(new URL(value).origin))
        .map(({ name, value }) => `${service.name}: ${name} is ${value}, which no Ingress serves`),
    );
  },

  'says the same of everyone who is told the same': ({ services, environmentOf }) => {
    const told = services.flatMap((service) => environmentOf(service).filter(({ value }) => value !== undefined));
    const differs = ['PUBLIC_URL', 'MAIL_FROM', 'AUTH_ISSUER', 'AUTH_AUDIENCE', 'KAFKA_BROKERS'];
    return differs.map(
      (name) =>
        new Set(told.filter((one) => one.name === name).map(({ value }) => value)).size > 1 &&
        `${name} is not the same everywhere`,
    );
  },

  'has nothing of development in production': ({ isProduction, services, environmentOf }) =>
    isProduction
      ? services.flatMap((service) => [
          service.name === 'sandbox' && 'the sandbox is there',
          ...environmentOf(service).flatMap(({ name, value }) => [
            NOT_IN_PRODUCTION.includes(name) && `${service.name} sets ${name}`,
            name === 'LOG_LEVEL' && value === 'debug' && `${service.name} logs everything`,
            name === 'NODE_ENV' && value !== 'production' && `${service.name} is not in production`,
          ]),
        ])
      : [],
};

/** What the config class of a service says of an environment; the image is one of production, and files have what they should. */
function refusals(name, environment) {
  const values = environment.map((one) => {
    const plain = one.name.replace(/_FILE$/, '');
    return [plain, plain === one.name ? one.value : sampleOf(plain)];
  });
  try {
    readConfig(configOf(name), { NODE_ENV: 'production', ...Object.fromEntries(values) });
    return [];
  } catch (error) {
    if (!(error instanceof EnvironmentRefused)) throw error;
    return [`${name}: ${error.message.split('\n').slice(1).join(';')}`];
  }
}

function configOf(name) {
  const known = require(join(ROOT, 'apps', name, 'src/config.ts'));
  return Object.entries(known).find(([named]) => named.endsWith('Config'))[1];
}

function variablesOf(name) {
  const declared = getMetadataStorage().getTargetValidationMetadatas(configOf(name), '', false, false);
  return new Set(declared.map(({ propertyName }) => propertyName));
}
