/** How a pod runs: what a cluster that trusts nobody asks, and what lets it be restarted without a pause. */

const LIVE = '/health/live';
const READY = '/health/ready';
/** A process waits so long for a database that is migrated. */
const START_SECONDS = 60;
/** A process has ended so many seconds after SIGTERM. */
const END_SECONDS = 25;

export const pods = {
  'asks every service whether it started, lives and is ready, where it answers that': ({ services }) =>
    services.flatMap(({ name, container }) =>
      Object.entries({ startupProbe: LIVE, livenessProbe: LIVE, readinessProbe: READY }).flatMap(([probe, path]) => {
        const asked = container[probe]?.httpGet;
        if (!asked) return [`${name} has no ${probe}`];
        const port = (container.ports ?? []).some((one) => [one.name, one.containerPort].includes(asked.port));
        return [
          asked.path !== path && `${name}: ${probe} asks ${asked.path}`,
          !port && `${name}: ${probe} asks no port of its`,
        ];
      }),
    ),

  'is as patient with a start as a process is with its database': ({ services }) =>
    services
      .filter(
        ({ container: { startupProbe: probe } }) => !(probe?.periodSeconds * probe?.failureThreshold > START_SECONDS),
      )
      .map(({ name }) => `${name} is killed before it gives up by itself`),

  'gives a process its time to end': ({ services, environmentOf }) =>
    services.flatMap((service) => {
      const drain = environmentOf(service).find(({ name }) => name === 'DRAIN_SECONDS')?.value ?? 0;
      const grace = service.spec.terminationGracePeriodSeconds ?? 30;
      return [
        grace <= END_SECONDS && `${service.name} is killed after ${grace} seconds`,
        !(drain > 0 && drain < grace / 2) && `${service.name} drains for ${drain} seconds of ${grace}`,
      ];
    }),

  'says what each container needs, and where its limit is': ({ workloads }) =>
    workloads.flatMap(({ name, spec }) =>
      spec.containers.flatMap(({ resources }) =>
        ['cpu', 'memory', 'ephemeral-storage'].map((what) => {
          const [request, limit] = [amount(resources?.requests?.[what]), amount(resources?.limits?.[what])];
          return !(request > 0 && limit >= request) && `${name}: ${what} is not requested and limited`;
        }),
      ),
    ),

  'lets nobody be root, gain anything, or write to the image': ({ workloads }) =>
    workloads.flatMap(({ name, spec }) => [
      spec.securityContext?.runAsNonRoot !== true && `${name} may be root`,
      !(spec.securityContext?.runAsUser > 0) && `${name} has no user`,
      spec.securityContext?.seccompProfile?.type !== 'RuntimeDefault' && `${name} may make any system call`,
      ...spec.containers.flatMap(({ securityContext: own = {} }) => [
        own.allowPrivilegeEscalation !== false && `${name} may gain privileges`,
        own.privileged && `${name} is privileged`,
        own.readOnlyRootFilesystem !== true && `${name} may write to its image`,
        (own.capabilities?.drop?.[0] !== 'ALL' || own.capabilities?.add) && `${name} keeps capabilities`,
        (own.runAsNonRoot === false || own.runAsUser === 0) && `${name} is root`,
      ]),
    ]),

  'keeps out of the machine that it runs on': ({ workloads }) =>
    workloads.flatMap(({ name, spec }) => [
      (spec.hostNetwork || spec.hostPID || spec.hostIPC) && `${name} is in the machine's own network or processes`,
      (spec.volumes ?? []).some((volume) => !volume.secret) && `${name} mounts something that is no Secret`,
      spec.containers.some(({ ports = [] }) => ports.some(({ hostPort }) => hostPort)) &&
        `${name} takes a port of the machine`,
      spec.containers.length !== 1 && `${name} has not one container`,
      (spec.initContainers ?? spec.ephemeralContainers) && `${name} has containers that no rule looks at`,
    ]),

  'has a namespace that enforces the restricted standard': ({ of }) =>
    of('Namespace')
      .filter(({ metadata }) => metadata.labels?.['pod-security.kubernetes.io/enforce'] !== 'restricted')
      .concat(of('Namespace').length === 1 ? [] : [{ metadata: { name: 'one namespace, and no more,' } }])
      .map(({ metadata }) => `${metadata.name} does not enforce it`),

  'gives nobody a token of the cluster': ({ workloads, of, find }) => [
    ...workloads.flatMap(({ name, spec }) => [
      spec.automountServiceAccountToken !== false && `${name} is given a token`,
      !find('ServiceAccount', spec.serviceAccountName) && `${name} has no ServiceAccount of its own`,
    ]),
    ...of('ServiceAccount').map(
      (one) => one.automountServiceAccountToken !== false && `${one.metadata.name} gives tokens to pods`,
    ),
    ...['Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding'].flatMap(of).map(({ kind }) => `there is a ${kind}`),
  ],

  'runs versions, and never whatever is the latest': ({ workloads, of, isProduction }) => {
    const images = [
      ...workloads.flatMap(({ spec }) => spec.containers.map(({ image }) => image)),
      ...of('Cluster').map(({ spec }) => spec.imageName),
    ];
    return images.map((image) => {
      const [, registry, tag] = /^(?:([\w-]+(?:\.[\w-]+)+)\/)?[\w./-]+:([\w][\w.-]*)$/.exec(image) ?? [];
      if (!tag || tag === 'latest') return `${image} names no version`;
      return isProduction && (!registry || !/\d/.test(tag)) && `${image} names no registry, or no version`;
    });
  },
};

/** A quantity of Kubernetes as a number. */
function amount(text) {
  const [, number, unit] = /^([\d.]+)(m|Ki|Mi|Gi)?$/.exec(String(text)) ?? [];
  return Number(number) * ({ m: 1e-3, Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30 }[unit] ?? 1);
}
