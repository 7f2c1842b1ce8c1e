import { existsSync, readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { join } from 'node:path';
import { parse } from 'yaml';
import { ROOT } from '../../generate/root.mjs';
import { selects } from '../world.mjs';

/** What the public may not ask for. */
const PRIVATE = ['/metrics', '/health/live', '/health/ready', '/', '/sandbox', '/dev/messages'];
const PUBLIC = [
  '/api/v1/scheduling/bookings',
  '/api/v1/scheduling/realtime',
  '/api/v1/accounts/me',
  '/docs',
  '/docs/start.js',
  '/openapi.json',
];
/** A WebSocket is quiet for half a minute. */
const QUIET_SECONDS = 30;

/** What is seen from outside, and what Prometheus sees. */
export const edge = {
  'opens the API to the public, and neither metrics nor health': ({ of }) =>
    of('Ingress').flatMap(({ spec }) => {
      const paths = spec.rules.flatMap(({ http }) => http.paths);
      return [
        spec.defaultBackend && 'whatever no rule names is let in',
        ...PRIVATE.map((path) => paths.some((rule) => covers(rule, path)) && `${path} is open`),
        ...PUBLIC.map((path) => !paths.some((rule) => covers(rule, path)) && `${path} is closed`),
      ];
    }),

  'leads from the Ingress to the gateway, at a port of it': ({ of, find }) =>
    of('Ingress').flatMap(({ metadata, spec }) => [
      !spec.ingressClassName && `${metadata.name} names no controller`,
      ...spec.rules.flatMap(({ http }) =>
        http.paths.map(({ backend: { service } }) => {
          const there = find('Service', service.name)?.spec.ports.some(
            ({ name, port }) => service.port.name === name || service.port.number === port,
          );
          return (!there || service.name !== 'gateway') && `${metadata.name} leads to ${service.name}`;
        }),
      ),
    ]),

  'keeps a WebSocket and a stream open': ({ of }) =>
    of('Ingress').flatMap(({ metadata: { name, annotations = {} } }) => [
      annotations['nginx.org/websocket-services'] !== 'gateway' && `${name} takes no WebSocket`,
      annotations['nginx.org/proxy-buffering'] !== 'False' && `${name} holds back what is streamed`,
      ...['read', 'send'].map((what) => {
        const seconds = Number(/^(\d+)s$/.exec(annotations[`nginx.org/proxy-${what}-timeout`])?.[1]);
        return !(seconds > 2 * QUIET_SECONDS) && `${name} ends a quiet connection (${what})`;
      }),
    ]),

  'is asked by TLS in production': ({ isProduction, of }) =>
    isProduction
      ? of('Ingress').flatMap(({ metadata, spec }) => [
          ...spec.rules.map(
            ({ host }) =>
              !spec.tls?.some(({ hosts, secretName }) => secretName && hosts.includes(host)) &&
              `${host ?? metadata.name} has no certificate`,
          ),
          metadata.annotations?.['nginx.org/ssl-redirect'] !== 'True' && `${metadata.name} answers without TLS`,
        ])
      : [],

  'believes the Ingress controller, and nobody else, about addresses': ({ services, environmentOf }) =>
    services
      .filter(({ name }) => name === 'gateway')
      .map((gateway) => environmentOf(gateway).find(({ name }) => name === 'TRUSTED_PROXIES')?.value)
      .map((trusted) => trusted !== '1' && `the gateway believes ${trusted ?? 'no'} proxies, and one stands before it`),

  'has Prometheus ask every service, by its name': ({ of }) =>
    of('Service').map((service) => {
      const asked = of('ServiceMonitor').some(
        ({ spec }) =>
          selects(spec.selector, service.metadata.labels ?? {}) &&
          spec.endpoints.some(
            ({ port, path }) => path === '/metrics' && service.spec.ports.some(({ name }) => name === port),
          ),
      );
      return !asked && `nobody asks ${service.metadata.name}`;
    }),

  'alerts as docker/prometheus does, each with its runbook': ({ of }) => {
    const { groups } = parse(readFileSync(join(ROOT, 'docker/prometheus/alerts.yml'), 'utf8'));
    const rules = of('PrometheusRule');
    return [
      !(rules.length === 1 && isDeepStrictEqual(rules[0].spec.groups, groups)) && 'alerts differ: npm run generate',
      ...rules.flatMap(({ spec }) =>
        spec.groups.flatMap(({ rules: all }) =>
          all
            .filter(({ alert }) => alert)
            .map(
              ({ alert, annotations }) =>
                !(annotations?.runbook_url && existsSync(join(ROOT, annotations.runbook_url))) &&
                `${alert} has no runbook`,
            ),
        ),
      ),
    ];
  },
};

function covers({ path, pathType }, asked) {
  if (pathType === 'Exact') return path === asked;
  return path === '/' || asked === path || asked.startsWith(`${path.replace(/\/$/, '')}/`);
}
