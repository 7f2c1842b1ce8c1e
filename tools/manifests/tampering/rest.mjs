/** What careless hands do to everything else: the rule that must see it, and what is done. */
export const otherTampering = [
  ['denies everything to everyone first', ({ without }) => without('NetworkPolicy', 'default-deny')],
  ['denies everything to everyone first', ({ the }) => (the('NetworkPolicy', 'default-deny').spec.egress = [{}])],
  [
    'has no policy about nobody, for nobody, or without its direction',
    ({ policy }) => (policy('services').podSelector = { matchLabels: { tier: 'service' } }),
  ],
  [
    'has no policy about nobody, for nobody, or without its direction',
    ({ policy }) => (policy('services').ingress[0].from[0].podSelector.matchLabels = { app: 'gateway' }),
  ],
  [
    'has no policy about nobody, for nobody, or without its direction',
    ({ policy }) => (policy('services').policyTypes = ['Egress']),
  ],
  ['names ports that are there', ({ policy }) => (policy('services').ingress[0].ports[0].port = 'web')],
  ['names ports that are there', ({ policy }) => (policy('to-database').egress[0].ports[0].port = 5433)],
  ...[
    'names',
    'gateway',
    'services',
    'metrics',
    'internet',
    'to-database',
    'database',
    'to-kafka',
    'to-redis',
    'traces',
  ].map((name) => ['lets through what is needed', ({ without }) => without('NetworkPolicy', name)]),
  ['lets through what is needed', ({ container }) => (container('booking').ports[0].name = 'web')],
  [
    'lets a database that is restored beside be what the database is',
    ({ policy }) => (policy('database').podSelector = { matchLabels: { 'cnpg.io/cluster': 'database' } }),
  ],
  [
    'lets a database that is restored beside be what the database is',
    ({ policy }) =>
      (policy('to-database').egress[0].to[0].podSelector = { matchLabels: { 'cnpg.io/cluster': 'database' } }),
  ],
  ['lets through nothing else', ({ without }) => without('NetworkPolicy', 'default-deny')],
  ['lets through nothing else', ({ policy }) => (policy('services').ingress[0].from = [{ namespaceSelector: {} }])],
  ['lets through nothing else', ({ policy }) => delete policy('internet').egress[0].to[0].ipBlock.except],
  ['lets through nothing else', ({ policy }) => delete policy('internet').egress[0].ports],
  ['lets through nothing else', ({ policy }) => delete policy('database').ingress[0].from],
  ['lets through nothing else', ({ policy }) => (policy('internet').podSelector = {})],

  [
    'sets nothing that a service does not read',
    ({ map }) => (map('booking').MAIL_FORM = 'Lessons <lessons@example.org>'),
  ],
  [
    'sets nothing that a service does not read',
    ({ map }) => (map('settings').MAIL_FROM = 'Lessons <lessons@example.org>'),
  ],
  [
    'has every service accept its settings, with secrets of the right form',
    ({ map }) => delete map('settings').AUTH_ISSUER,
  ],
  [
    'has every service accept its settings, with secrets of the right form',
    ({ map }) => delete map('gateway').BOOKING_URL,
  ],
  [
    'has every service accept its settings, with secrets of the right form',
    ({ map }) => (map('gateway').TRUSTED_PROXIES = 'one'),
  ],
  [
    'has every service accept its settings, with secrets of the right form',
    ({ map }) => (map('notification').MESSAGE_PREVIEW = 'on'),
  ],
  [
    'has every service accept its settings, with secrets of the right form',
    ({ map }) => delete map('notification').VAPID_SUBJECT_FILE,
  ],
  [
    'has every service accept its settings, with secrets of the right form',
    ({ container }) => container('accounts').env.pop(),
  ],
  ['says each setting once, in one way', ({ map }) => (map('booking').REDIS_URL = 'redis://redis.redis:6379')],
  ['names by each address a Service and a port of it', ({ map }) => (map('gateway').BOOKING_URL = 'http://booking')],
  [
    'names by each address a Service and a port of it',
    ({ map }) => (map('gateway').BOOKING_URL = 'http://bookings:3000'),
  ],
  [
    'calls itself in public as the Ingress does',
    ({ map }) => (map('notification').PUBLIC_URL = 'https://lessons.example.org'),
  ],
  [
    'says the same of everyone who is told the same',
    ({ map }) => (map('booking').MAIL_FROM = 'Lessons <other@example.org>'),
  ],
  ['has nothing of development in production', ({ map }) => (map('accounts').EMBEDDED = '1')],
  ['has nothing of development in production', ({ map }) => (map('settings').LOG_LEVEL = 'debug')],
  [
    'has nothing of development in production',
    ({ the, objects }) => objects.push({ ...the('Deployment', 'booking'), metadata: { name: 'sandbox' } }),
  ],

  [
    'holds no Secret, and no value of one',
    ({ objects }) => objects.push({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'redis' } }),
  ],
  ['holds no Secret, and no value of one', ({ map }) => (map('booking').STRIPE_SECRET_KEY = 'sk_live_1')],
  ['holds no Secret, and no value of one', ({ map }) => (map('gateway').BOOKING_URL = 'http://me:secret@booking:3000')],
  [
    'gives services their secrets as files, and only migrations as variables',
    ({ container }) =>
      container('booking').env.push({
        name: 'STRIPE_SECRET_KEY',
        valueFrom: { secretKeyRef: { name: 'booking-providers', key: 'k' } },
      }),
  ],
  [
    'mounts a file for each setting that is one',
    ({ map }) => (map('booking').STRIPE_SECRET_KEY_FILE = '/run/secrets/stripe/key'),
  ],
  [
    'mounts a file for each setting that is one',
    ({ pod }) => (volume(pod('booking'), 'database').secret.items[0].path = 'address'),
  ],
  ['lets only the process itself read them', ({ pod }) => delete volume(pod('booking'), 'database').secret.defaultMode],
  ['lets only the process itself read them', ({ pod }) => delete pod('booking').securityContext.fsGroup],
  [
    'gives a Secret to one service alone, but for what they share',
    ({ pod }) => (volume(pod('booking'), 'database').secret.secretName = 'accounts-database'),
  ],
  [
    'names every Secret and key in k8s/README.md',
    ({ pod }) => (volume(pod('booking'), 'providers').secret.secretName = 'booking-elsewhere'),
  ],
  [
    'names every Secret and key in k8s/README.md',
    ({ container }) => (container('migrations').env[0].valueFrom.secretKeyRef.key = 'uri'),
  ],

  ['opens the API to the public, and neither metrics nor health', ({ paths }) => (paths()[0].path = '/')],
  ['opens the API to the public, and neither metrics nor health', ({ paths }) => (paths()[0].path = '/api/v2')],
  [
    'leads from the Ingress to the gateway, at a port of it',
    ({ paths }) => (paths()[0].backend.service.name = 'booking'),
  ],
  [
    'leads from the Ingress to the gateway, at a port of it',
    ({ paths }) => (paths()[0].backend.service.port = { number: 80 }),
  ],
  [
    'keeps a WebSocket and a stream open',
    ({ the }) => (the('Ingress', 'gateway').metadata.annotations['nginx.org/proxy-read-timeout'] = '60s'),
  ],
  [
    'keeps a WebSocket and a stream open',
    ({ the }) => delete the('Ingress', 'gateway').metadata.annotations['nginx.org/websocket-services'],
  ],
  ['is asked by TLS in production', ({ the }) => delete the('Ingress', 'gateway').spec.tls],
  [
    'is asked by TLS in production',
    ({ the }) => delete the('Ingress', 'gateway').metadata.annotations['nginx.org/ssl-redirect'],
  ],
  [
    'believes the Ingress controller, and nobody else, about addresses',
    ({ map }) => delete map('gateway').TRUSTED_PROXIES,
  ],
  ['has Prometheus ask every service, by its name', ({ the }) => delete the('Service', 'booking').metadata.labels],
  [
    'has Prometheus ask every service, by its name',
    ({ the }) => (the('Service', 'booking').spec.ports[0].name = 'web'),
  ],
  [
    'alerts as docker/prometheus does, each with its runbook',
    ({ the }) => the('PrometheusRule', 'scheduling').spec.groups[0].rules.pop(),
  ],
  [
    'alerts as docker/prometheus does, each with its runbook',
    ({ the }) => delete the('PrometheusRule', 'scheduling').spec.groups[0].rules[0].annotations,
  ],

  [
    'has the topics that libs/events would make, and no others',
    ({ without }) => without('KafkaTopic', 'scheduling.booking'),
  ],
  [
    'has the topics that libs/events would make, and no others',
    ({ the }) => (the('KafkaTopic', 'scheduling.booking').spec.partitions = 6),
  ],
  [
    'has the topics that libs/events would make, and no others',
    ({ the }) => delete the('KafkaTopic', 'scheduling.accounts').spec.config['cleanup.policy'],
  ],
  ['has the topics that libs/events would make, and no others', ({ map }) => delete map('settings').KAFKA_BROKERS],
  [
    'forgets no event sooner than it may, or later than it is known',
    ({ the }) => (the('KafkaTopic', 'scheduling.booking').spec.config['retention.ms'] = 86_400_000),
  ],
  [
    'forgets no event sooner than it may, or later than it is known',
    ({ the }) => (the('KafkaTopic', 'scheduling.booking').spec.config['retention.ms'] = 30 * 86_400_000),
  ],
  [
    'names the cluster that each topic is in',
    ({ the }) => (the('KafkaTopic', 'scheduling.booking').metadata.namespace = 'scheduling'),
  ],
  [
    'has a role for each schema, with the password that the migrations give it',
    ({ the }) => the('Cluster', 'database').spec.managed.roles.pop(),
  ],
  [
    'has a role for each schema, with the password that the migrations give it',
    ({ container }) => (container('migrations').env[1].valueFrom.secretKeyRef.name = 'booking-database'),
  ],
  ['migrates once, with what tools/start/migrate.mjs reads', ({ without }) => without('Job', 'migrations')],
  ['migrates once, with what tools/start/migrate.mjs reads', ({ pod }) => (pod('migrations').restartPolicy = 'Always')],
  ['migrates once, with what tools/start/migrate.mjs reads', ({ container }) => container('migrations').env.pop()],
  [
    'has every version that runs migrated by that version',
    ({ container }) => (container('migrations').image = 'registry.example.org/scheduling/jobs:0.9.0'),
  ],
];

const volume = ({ volumes }, name) => volumes.find((one) => one.name === name);
