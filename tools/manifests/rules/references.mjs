import { selects } from '../world.mjs';

const NAMELESS = ['Namespace'];

/** What names something else names something that is there. */
export const references = {
  'selects by a Deployment exactly what that makes': ({ services, workloads }) =>
    services.flatMap(({ name, object, labels }) => [
      !selects(object.spec.selector, labels) && `${name} does not select its own pods`,
      ...workloads.map(
        (other) =>
          other.name !== name && selects(object.spec.selector, other.labels) && `${name} selects ${other.name}`,
      ),
    ]),

  'has a Service before each service, and at a port of it': ({ services, of }) => [
    ...services.map(
      ({ name }) => !of('Service').some(({ metadata }) => metadata.name === name) && `${name} has no Service`,
    ),
    ...of('Service').flatMap(({ metadata: { name }, spec }) => {
      const behind = services.filter(({ labels }) => selects({ matchLabels: spec.selector }, labels));
      return [
        (behind.length !== 1 || behind[0].name !== name) &&
          `${name} leads to ${behind.length} Deployments, or to another`,
        ...behind.flatMap(({ container }) =>
          spec.ports.map(
            ({ port, targetPort }) =>
              !(container.ports ?? []).some((one) => [one.name, one.containerPort].includes(targetPort ?? port)) &&
              `${name} leads to a port ${targetPort} that is not there`,
          ),
        ),
      ];
    }),
  ],

  'mounts what it declares, and declares what it mounts': ({ workloads }) =>
    workloads.flatMap(({ name, container, spec: { volumes = [] } }) => {
      const mounts = container.volumeMounts ?? [];
      return [
        ...mounts.map(
          (mount) => !volumes.some((volume) => volume.name === mount.name) && `${name}: there is no ${mount.name}`,
        ),
        ...volumes.map(
          (volume) => !mounts.some((mount) => mount.name === volume.name) && `${name}: ${volume.name} is idle`,
        ),
        new Set(mounts.map(({ mountPath }) => mountPath)).size < mounts.length &&
          `${name} mounts two things at one place`,
      ];
    }),

  'reads settings from maps that are there, and leaves none idle': ({ workloads, of, find }) => {
    const read = workloads.flatMap(({ name, container }) =>
      (container.envFrom ?? []).map(({ configMapRef }) => ({ name, map: configMapRef?.name })),
    );
    return [
      ...read.map(({ name, map }) => !find('ConfigMap', map) && `${name} reads a map ${map} that is not there`),
      ...of('ConfigMap').map(
        ({ metadata }) => !read.some(({ map }) => map === metadata.name) && `nobody reads ${metadata.name}`,
      ),
    ];
  },

  'has everything once, and in a namespace': ({ objects }) => {
    const names = objects.map(({ kind, metadata }) => `${kind} ${metadata.namespace ?? ''}/${metadata.name}`);
    return [
      ...names.map((name, i) => names.indexOf(name) < i && `${name} is there twice`),
      ...objects.map(
        ({ kind, metadata }) =>
          !NAMELESS.includes(kind) && !metadata.namespace && `${kind} ${metadata.name} has no namespace`,
      ),
    ];
  },

  'gives each number of a port once': ({ services }) =>
    services.flatMap(({ name, container: { ports = [] } }) => [
      new Set(ports.map(({ containerPort }) => containerPort)).size !== ports.length && `${name} has a port twice`,
      ...ports.map(({ containerPort: port }) => !(port > 1023 && port < 65_536) && `${name} cannot listen on ${port}`),
    ]),
};
