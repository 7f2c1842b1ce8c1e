import { isLet } from '../reach.mjs';
import { selects } from '../world.mjs';

const OUTSIDE = { name: 'the internet', address: '203.0.113.7' };
const INSIDE = ['10.1.2.3', '172.16.9.9', '192.168.1.1', '169.254.169.254', '100.64.0.1', '127.0.0.1'];
const HTTP = 3000;

/** Who may talk to whom. */
export const network = {
  'denies everything to everyone first': ({ of }) =>
    of('NetworkPolicy').some(
      ({ spec }) =>
        isEmpty(spec.podSelector) &&
        ['Ingress', 'Egress'].every((type) => spec.policyTypes.includes(type)) &&
        !spec.ingress &&
        !spec.egress,
    )
      ? []
      : ['nothing denies everything'],

  'has no policy about nobody, for nobody, or without its direction': ({ of, pods, everyone }) =>
    of('NetworkPolicy').flatMap(({ metadata: { name, namespace }, spec }) => {
      const about = pods.filter((pod) => pod.namespace === namespace && selects(spec.podSelector, pod.labels));
      const directions = [spec.ingress && 'Ingress', spec.egress && 'Egress'].filter(Boolean);
      const peers = [
        ...(spec.ingress ?? []).map(({ from }) => from),
        ...(spec.egress ?? []).map(({ to }) => to),
      ].flat();
      return [
        about.length === 0 && `${name} selects nothing`,
        ...directions.map((type) => !spec.policyTypes?.includes(type) && `${name} says nothing of ${type}`),
        ...peers
          .filter(Boolean)
          .map(
            (peer) =>
              !peer.ipBlock &&
              !everyone.some((one) => isMeant(peer, one, namespace)) &&
              `${name} names a peer that is nobody`,
          ),
        isEmpty(spec.podSelector) &&
          name !== 'default-deny' &&
          (spec.ingress ?? []).length > 0 &&
          `${name} lets somebody in everywhere`,
      ];
    }),

  'names ports that are there': ({ of, pods, everyone }) =>
    of('NetworkPolicy').flatMap(({ metadata: { name, namespace }, spec }) => {
      const about = pods.filter((pod) => pod.namespace === namespace && selects(spec.podSelector, pod.labels));
      const entered = (spec.ingress ?? []).map(({ ports }) => ({ ports, called: about }));
      const left = (spec.egress ?? []).map(({ to, ports }) => ({
        ports,
        called:
          to &&
          !to.some(({ ipBlock }) => ipBlock) &&
          everyone.filter((one) => to.some((peer) => isMeant(peer, one, namespace))),
      }));
      return [...entered, ...left].flatMap(({ ports = [], called }) =>
        ports.map(
          ({ port }) =>
            called && !called.some((pod) => hasPort(pod, port)) && `${name} names port ${port}, which nobody there has`,
        ),
      );
    }),

  'lets through what is needed': (world) =>
    needed(world)
      .filter(([from, to, port]) => !isLet(world.of('NetworkPolicy'), from, to, port))
      .map(([from, to, port]) => `${from.name} cannot reach ${to.name} at ${port}`),

  'lets a database that is restored beside be what the database is': (world) => {
    const { database } = cast(world);
    const restored = { ...database, name: 'database-2', labels: { 'cnpg.io/cluster': 'database-2' } };
    const instead = (pod) => (pod === database ? restored : pod);
    return needed(world)
      .filter(([from, to]) => [from, to].includes(database))
      .map(([from, to, port]) => [instead(from), instead(to), port])
      .filter(([from, to, port]) => !isLet(world.of('NetworkPolicy'), from, to, port))
      .map(([from, to, port]) => `${from.name} cannot reach ${to.name} at ${port}`);
  },

  'lets through nothing else': (world) =>
    forbidden(world)
      .filter(([from, to, port]) => isLet(world.of('NetworkPolicy'), from, to, port))
      .map(([from, to, port]) => `${from.name} reaches ${to.name} at ${port}`),
};

/** Triples of who calls, who is called, and at which port. */
function needed(world) {
  const { gateway, job, services, database, called } = cast(world);
  const keepers = [...services, job];
  return [
    [called('the Ingress controller'), gateway, HTTP],
    ...services.map((service) => [gateway, service, HTTP]),
    ...[gateway, ...services].map((pod) => [called('Prometheus'), pod, HTTP]),
    ...[gateway, ...services, job].map((pod) => [pod, called('the name server'), 53]),
    ...[gateway, ...services].map((pod) => [pod, OUTSIDE, 443]),
    ...keepers.map((pod) => [pod, database, 5432]),
    [database, database, 5432],
    [database, OUTSIDE, 443],
    [called('the operator of databases'), database, 8000],
    ...(hasKafka(world)
      ? [gateway, ...services].map((pod) => [pod, called('Kafka'), 9092])
      : [[gateway, database, 5432]]),
    ...world.services
      .filter(({ spec }) => spec.volumes?.some(({ name }) => name === 'redis'))
      .map(({ name }) => [podNamed(world, name), called('Redis'), 6379]),
    ...(readsTraces(world) ? [gateway, ...services].map((pod) => [pod, called('Prometheus'), 4318]) : []),
    ...(world.find('NetworkPolicy', 'mail')
      ? [
          [podNamed(world, 'notification'), OUTSIDE, 587],
          [podNamed(world, 'notification'), OUTSIDE, 465],
        ]
      : []),
    ...(readsIssuer(world) ? services.map((service) => [service, gateway, HTTP]) : []),
  ];
}

function forbidden(world) {
  const { gateway, job, services, database, called } = cast(world);
  const pods = [gateway, ...services, job];
  const [any] = services;
  return [
    ...services.flatMap((one) => services.map((other) => [one, other, HTTP])),
    ...services.flatMap((one) =>
      [called('the Ingress controller'), called('somebody else'), OUTSIDE, job].map((from) => [from, one, HTTP]),
    ),
    ...[called('somebody else'), OUTSIDE, job].map((from) => [from, gateway, HTTP]),
    ...pods.flatMap((pod) => INSIDE.map((address) => [pod, { name: address, address }, 443])),
    ...pods.flatMap((pod) => [80, 22, 25].map((port) => [pod, OUTSIDE, port])),
    ...[called('somebody else'), called('Prometheus'), called('the Ingress controller'), OUTSIDE].map((from) => [
      from,
      database,
      5432,
    ]),
    ...services.map((pod) => [pod, called('somebody else'), 443]),
    [job, OUTSIDE, 443],
    [called('somebody else'), job, HTTP],
    [any, database, 8000],
    ...(hasKafka(world)
      ? [
          [gateway, database, 5432],
          [job, called('Kafka'), 9092],
        ]
      : []),
    ...(readsIssuer(world) ? [] : services.map((service) => [service, gateway, HTTP])),
  ];
}

function cast(world) {
  const isEdge = ({ labels }) => labels['app.kubernetes.io/component'] === 'edge';
  const named = world.services.map(({ name }) => podNamed(world, name));
  return {
    gateway: named.find(isEdge) ?? podNamed(world, 'gateway'),
    services: named.filter((pod) => !isEdge(pod)),
    job: podNamed(world, 'migrations'),
    database: podNamed(world, 'database'),
    called: (name) => world.everyone.find((one) => one.name === name),
  };
}

const podNamed = ({ pods }, name) => pods.find((pod) => pod.name === name);
const settingOf = (world, name) => world.environmentOf(world.services[0]).find((one) => one.name === name)?.value;
const hasKafka = (world) => settingOf(world, 'KAFKA_BROKERS') !== undefined;
const readsTraces = (world) => settingOf(world, 'OTEL_EXPORTER_OTLP_ENDPOINT') !== undefined;
const readsIssuer = (world) => /^http:\/\/gateway\./.test(settingOf(world, 'AUTH_ISSUER') ?? '');

const isEmpty = (selector) => selector && Object.keys(selector).length === 0;
const hasPort = ({ ports }, port) => ports.some(({ name, number }) => [name, number].includes(port));
const isMeant = ({ namespaceSelector, podSelector }, one, namespace) =>
  (namespaceSelector
    ? selects(namespaceSelector, { 'kubernetes.io/metadata.name': one.namespace })
    : one.namespace === namespace) &&
  (!podSelector || selects(podSelector, one.labels));
