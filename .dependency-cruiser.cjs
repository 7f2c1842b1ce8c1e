// Who may import whom: one rule per sentence of docs/architecture.md §8 and CONTRIBUTING.md.
// Types alone may cross where values may not: they are gone at run time.
// tools/check/boundaries.test.mjs breaks each rule once; a rule without such a fixture fails there.
const value = { dependencyTypesNot: ['type-only'] };
const never = (name, from, to) => ({ name, severity: 'error', from, to });
const role = (...names) => `\\.(${names.join('|')})\\.ts$`;
const packages = (...names) => `node_modules/(${names.join('|')})/`;

const TESTS = '^libs/testing/|^(apps|libs)/[^/]+/test/|\\.spec\\.ts$';
const PURE_LIBS = '^libs/(domain|time|invitations)/src/';
const IO = 'fs|net|http|https|http2|child_process|worker_threads|dgram|dns|tls|process|timers|cluster';

/** Each lib with the libs it may use; `testing` may use any, and only tests use it. */
const libs = {
  domain: [],
  contracts: ['domain'],
  time: ['domain'],
  invitations: ['domain'],
  client: [],
  persistence: ['domain'],
  events: ['contracts', 'domain', 'persistence'],
  'service-kit': ['contracts', 'domain', 'events', 'persistence'],
};

module.exports = {
  forbidden: [
    never('no-circles', {}, { circular: true, viaOnly: value }),
    never('imports-resolve', {}, { couldNotResolve: true }),
    never('apps-talk-by-events', { path: '^apps/([^/]+)/', pathNot: TESTS }, { path: '^apps/', pathNot: '^apps/$1/' }),
    never(
      'tests-borrow-doubles-only',
      { path: `^apps/([^/]+)/(test/|.*\\.spec\\.ts$)` },
      { path: '^apps/', pathNot: '^apps/$1/|^apps/sandbox/src/[^/]+/[^/]+-double\\.ts$' },
    ),
    never('libs-know-no-app', { path: '^libs/' }, { path: '^apps/' }),
    never(
      'libs-have-one-door',
      { path: '^((apps|libs)/[^/]+)/' },
      { path: '^libs/', pathNot: '^$1/|/src/index\\.ts$' },
    ),
    ...Object.entries(libs).map(([lib, uses]) =>
      never(
        `${lib}-uses-few`,
        { path: `^libs/${lib}/`, pathNot: TESTS },
        { path: '^libs/', pathNot: `^libs/(testing|${[lib, ...uses].join('|')})/` },
      ),
    ),
    never('tests-stay-tests', { pathNot: TESTS }, { path: TESTS }),
    never('pure-libs-do-no-io', { path: PURE_LIBS, pathNot: TESTS }, { path: `^(node:)?(${IO})(/promises)?$` }),
    never(
      'pure-libs-know-no-framework',
      { path: PURE_LIBS, pathNot: TESTS },
      { path: packages('@nestjs', 'fastify', 'typeorm', 'pg', 'kafkajs', 'class-validator', 'class-transformer') },
    ),
    never(
      'policies-are-pure',
      { path: role('policy') },
      {
        ...value,
        pathNot: `^libs/(domain|time)/|${role('policy', 'errors')}|${packages('rrule', 'date-fns', 'date-fns-tz')}`,
      },
    ),
    never(
      'refusals-know-only-the-domain',
      { path: role('errors') },
      { ...value, path: '.', pathNot: `^libs/domain/|${role('errors')}` },
    ),
    never(
      'entities-only-map',
      { path: role('entity') },
      { ...value, path: '.', pathNot: `${role('entity')}|${packages('typeorm')}` },
    ),
    never(
      'dtos-only-show',
      { path: role('dto') },
      { ...value, path: role('store', 'service', 'policy', 'controller', 'consumer', 'cron') },
    ),
    never(
      'doors-only-call-services',
      { path: role('controller', 'consumer', 'cron') },
      { ...value, path: role('store', 'policy', 'entity') },
    ),
    never('services-have-no-door', { path: role('service') }, { path: role('controller', 'consumer', 'cron', 'dto') }),
    never(
      'stores-decide-nothing',
      { path: role('store') },
      { ...value, path: role('service', 'policy', 'controller', 'consumer', 'cron', 'dto') },
    ),
    never(
      'sql-stays-in-stores',
      { path: '^apps/[^/]+/src/', pathNot: `${role('store', 'entity', 'module')}|/migrations/|/schema\\.ts$` },
      { path: packages('typeorm', 'pg') },
    ),
    never('kafka-stays-in-the-log', { pathNot: '^libs/events/src/kafka' }, { path: packages('kafkajs') }),
    never('no-drawers', {}, { path: '/(utils?|common|shared|helpers?|misc)(/|\\.ts$)', pathNot: 'node_modules' }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '/dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['@scheduling/source', 'import', 'require', 'node', 'default', 'types'],
    },
  },
};
