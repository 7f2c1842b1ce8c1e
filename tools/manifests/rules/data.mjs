import { createRequire } from 'node:module';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { ROOT } from '../../generate/root.mjs';
import { capitals, KEEPERS, schemaOf } from '../../start/apps.mjs';
import { READERS } from '../../start/database.mjs';

const require = createRequire(import.meta.url);
const { ensureTopics, topicOfService } = require(join(ROOT, 'libs/events/src/kafka-topics.ts'));
const { DatabaseConfig } = require(join(ROOT, 'libs/service-kit/src/config.ts'));

const DAY_MS = 86_400_000;
const ours = await topicsOfOurs();

/** Topics, roles and migrations, beside the code that leans on them. */
export const data = {
  'has the topics that libs/events would make, and no others': ({ of, services, environmentOf }) => {
    const isInKafka = services.some((service) => environmentOf(service).some(({ name }) => name === 'KAFKA_BROKERS'));
    const topics = of('KafkaTopic').map(({ metadata, spec }) => described(metadata.name, spec));
    const wanted = isInKafka ? ours : [];
    return [
      ...wanted.map(
        (one) =>
          !topics.some((other) => isDeepStrictEqual(one, other)) && `${one.topic} is not as libs/events makes it`,
      ),
      ...topics.map(({ topic }) => !wanted.some((one) => one.topic === topic) && `nobody states anything in ${topic}`),
    ];
  },

  'forgets no event sooner than it may, or later than it is known': ({ of }) =>
    of('KafkaTopic').map(({ metadata: { name }, spec: { config } }) => {
      const days = Number(config['retention.ms']) / DAY_MS;
      if (config['cleanup.policy'] === 'compact') return config['retention.ms'] !== undefined && `${name} forgets`;
      return !(days >= 7 && days < new DatabaseConfig().INBOX_DAYS) && `${name} keeps events for ${days} days`;
    }),

  'names the cluster that each topic is in': ({ of }) =>
    of('KafkaTopic').map(
      ({ metadata: { name, namespace, labels } }) =>
        (namespace !== 'kafka' || labels?.['strimzi.io/cluster'] !== 'scheduling') && `${name} is in no cluster`,
    ),

  'has a role for each schema, with the password that the migrations give it': ({ of, find }) =>
    of('Cluster').flatMap(({ spec }) => {
      const told = find('Job', 'migrations')?.spec.template.spec.containers[0].env ?? [];
      return KEEPERS.map((name) => {
        const role = spec.managed?.roles?.find((one) => one.name === schemaOf({ name }));
        const given = told.find((one) => one.name === `${capitals(name)}_DB_PASSWORD`)?.valueFrom?.secretKeyRef;
        const isSame =
          role?.passwordSecret?.name === `${name}-database` &&
          given?.name === `${name}-database` &&
          given.key === 'password';
        return !(role?.login && role.ensure === 'present' && isSame) && `${name} cannot sign in`;
      });
    }),

  'migrates once, with what tools/start/migrate.mjs reads': ({ of, services }) =>
    of('Job')
      .concat(of('Job').length === 1 ? [] : [{ metadata: { name: 'one Job' } }])
      .flatMap(({ metadata: { name }, spec }) => {
        if (!spec) return [`there is not ${name}`];
        const [{ env, image }] = spec.template.spec.containers;
        const readers = READERS.filter((reader) =>
          services.some((one) => one.name === reader && one.spec.volumes?.some((volume) => volume.name === 'database')),
        );
        const wanted = ['ADMIN_DATABASE_URL', ...[...KEEPERS, ...readers].map((who) => `${capitals(who)}_DB_PASSWORD`)];
        const named = env.map((one) => one.name);
        return [
          !/\/jobs:/.test(image) && `${name} runs ${image}`,
          spec.template.spec.restartPolicy !== 'Never' && `${name} restarts in place`,
          !(spec.backoffLimit > 0) && `${name} is never tried again`,
          !spec.activeDeadlineSeconds && `${name} never gives up`,
          !isDeepStrictEqual(named.toSorted(), wanted.toSorted()) && `${name} reads ${named.join(', ')}`,
          ...env.map((one) => !one.valueFrom?.secretKeyRef && `${name} has ${one.name} in the open`),
        ];
      }),

  'has every version that runs migrated by that version': ({ workloads, isProduction }) => {
    const tags = new Set(workloads.map(({ container: { image } }) => image.split(':').at(-1)));
    return [isProduction && tags.size !== 1 && `${[...tags].join(' and ')} run together`];
  },
};

/** What libs/events asks of three brokers that have nothing yet. */
async function topicsOfOurs() {
  const made = [];
  const admin = {
    listTopics: async () => [],
    describeCluster: async () => ({ brokers: [1, 2, 3] }),
    createTopics: async ({ topics }) => made.push(...topics),
  };
  await ensureTopics(admin, KEEPERS.map(topicOfService));
  return made.map(({ topic, numPartitions, replicationFactor, configEntries }) => ({
    topic,
    partitions: numPartitions,
    replicas: replicationFactor,
    config: Object.fromEntries(configEntries.map(({ name, value }) => [name, value])),
  }));
}

/** A topic as it is compared: how long it keeps things is another rule's. */
function described(topic, { partitions, replicas, config }) {
  const { 'retention.ms': _, ...rest } = config;
  return {
    topic,
    partitions,
    replicas,
    config: Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, String(value)])),
  };
}
