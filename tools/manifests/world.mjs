/** What other namespaces have that our policies speak of. */
const NEIGHBOURS = [
  { name: 'the Ingress controller', namespace: 'nginx-ingress', labels: {}, ports: [] },
  { name: 'Prometheus', namespace: 'monitoring', labels: {}, ports: [{ number: 4318 }] },
  { name: 'the operator of databases', namespace: 'cnpg-system', labels: {}, ports: [] },
  { name: 'the name server', namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' }, ports: [{ number: 53 }] },
  { name: 'Kafka', namespace: 'kafka', labels: { 'strimzi.io/cluster': 'scheduling' }, ports: [{ number: 9092 }] },
  { name: 'Redis', namespace: 'redis', labels: {}, ports: [{ number: 6379 }] },
  { name: 'somebody else', namespace: 'elsewhere', labels: {}, ports: [] },
];

/** What an overlay makes of a cluster, for rules to ask. */
export function worldOf(overlay, objects) {
  const of = (kind) => objects.filter((one) => one.kind === kind);
  const find = (kind, name) => of(kind).find(({ metadata }) => metadata.name === name);
  const workloads = [...of('Deployment'), ...of('Job')].map((one) => ({
    name: one.metadata.name,
    kind: one.kind,
    object: one,
    spec: one.spec.template.spec,
    labels: one.spec.template.metadata.labels,
    container: one.spec.template.spec.containers[0],
  }));
  const pods = [...workloads.map(podOf), ...of('Cluster').map(instanceOf)];
  return {
    overlay,
    isProduction: overlay === 'prod',
    objects,
    of,
    find,
    workloads,
    services: workloads.filter(({ kind }) => kind === 'Deployment'),
    pods,
    everyone: [...pods, ...NEIGHBOURS],
    environmentOf: (workload) => environmentOf(workload, find),
  };
}

const podOf = ({ name, object, labels, spec }) => ({
  name,
  namespace: object.metadata.namespace,
  labels,
  ports: spec.containers.flatMap(({ ports = [] }) =>
    ports.map((port) => ({ name: port.name, number: port.containerPort })),
  ),
});

/** CloudNativePG makes pods of its own: the database, its instance manager, its metrics. */
const instanceOf = ({ metadata }) => ({
  name: metadata.name,
  namespace: metadata.namespace,
  labels: { 'cnpg.io/cluster': metadata.name },
  ports: [5432, 8000, 9187].map((number) => ({ number })),
});

/** What a workload's process reads: `{ name, value }` of each, later ones before earlier. A reference has no value. */
function environmentOf({ container }, find) {
  const told = (container.envFrom ?? []).flatMap(({ configMapRef }) =>
    Object.entries(find('ConfigMap', configMapRef?.name)?.data ?? {}).map(([name, value]) => ({ name, value })),
  );
  const own = (container.env ?? []).map(({ name, value, valueFrom }) => ({ name, value, from: valueFrom }));
  return [...new Map([...told, ...own].map((one) => [one.name, one])).values()];
}

/** Whether labels are what a selector asks for. */
export function selects(selector, labels) {
  const isSo = ({ key, operator, values }) =>
    ({
      In: () => values.includes(labels[key]),
      NotIn: () => !values.includes(labels[key]),
      Exists: () => key in labels,
      DoesNotExist: () => !(key in labels),
    })[operator]();
  const same = Object.entries(selector?.matchLabels ?? {}).every(([key, value]) => labels[key] === value);
  return same && (selector?.matchExpressions ?? []).every(isSo);
}
