/** What we use of operators that publish no Go module with their descriptions: a field that is not here is refused. */

const text = { type: 'string', minLength: 1 };
const number = { type: 'integer', minimum: 1 };
const flag = { type: 'boolean' };
const quantity = { type: 'string', pattern: '^[0-9]+(m|Ki|Mi|Gi)?$' };
const map = (value) => ({ type: 'object', additionalProperties: value });
const list = (items) => ({ type: 'array', minItems: 1, items });
const object = (properties, optional = []) => ({
  type: 'object',
  properties,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
  additionalProperties: false,
});
const resource = (spec) => object({ apiVersion: text, kind: text, metadata: { type: 'object' }, spec });

const named = object({ name: text });
const keyOf = object({ name: text, key: text });
const amounts = object({ cpu: quantity, memory: quantity });
const storage = object({ size: quantity });
const role = object({ name: text, ensure: { enum: ['present', 'absent'] }, login: flag, passwordSecret: named });
const plugin = object({ name: text, isWALArchiver: flag, parameters: map(text) });

const cluster = object(
  {
    instances: number,
    imageName: text,
    enableSuperuserAccess: flag,
    superuserSecret: named,
    bootstrap: object({
      initdb: object({ database: text, owner: text, encoding: text, localeProvider: text, builtinLocale: text }),
    }),
    postgresql: object(
      { parameters: map({ type: 'string' }), synchronous: object({ method: { enum: ['any', 'first'] }, number }) },
      ['synchronous'],
    ),
    storage,
    walStorage: storage,
    resources: object({ requests: amounts, limits: amounts }),
    affinity: object({ enablePodAntiAffinity: flag, topologyKey: text }),
    managed: object({ roles: list(role) }),
    plugins: list(plugin),
  },
  ['walStorage', 'plugins'],
);

const scheduledBackup = object({
  schedule: { type: 'string', pattern: '^(\\S+ ){5}\\S+$' },
  immediate: flag,
  cluster: named,
  method: { enum: ['plugin'] },
  pluginConfiguration: named,
});

const compressed = object({ compression: { enum: ['gzip', 'bzip2', 'lz4', 'snappy', 'xz', 'zstd'] } });
const objectStore = object({
  retentionPolicy: { type: 'string', pattern: '^[1-9][0-9]*[dwm]$' },
  configuration: object({
    destinationPath: text,
    s3Credentials: object({ accessKeyId: keyOf, secretAccessKey: keyOf }),
    data: compressed,
    wal: compressed,
  }),
});

const topic = object({ partitions: number, replicas: number, config: map({ type: ['string', 'integer'] }) });

/** By what a resource calls itself. */
export const OWN_SCHEMAS = {
  'postgresql.cnpg.io/v1 Cluster': resource(cluster),
  'postgresql.cnpg.io/v1 ScheduledBackup': resource(scheduledBackup),
  'barmancloud.cnpg.io/v1 ObjectStore': resource(objectStore),
  'kafka.strimzi.io/v1 KafkaTopic': resource(topic),
};
