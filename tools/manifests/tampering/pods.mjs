/** What careless hands do to pods and their numbers: the rule that must see it, and what is done. */
export const podTampering = [
  [
    'asks every service whether it started, lives and is ready, where it answers that',
    ({ container }) => delete container('booking').readinessProbe,
  ],
  [
    'asks every service whether it started, lives and is ready, where it answers that',
    ({ container }) => (container('booking').livenessProbe.httpGet.path = '/health/ready'),
  ],
  [
    'asks every service whether it started, lives and is ready, where it answers that',
    ({ container }) => (container('booking').startupProbe.httpGet.port = 'web'),
  ],
  [
    'is as patient with a start as a process is with its database',
    ({ container }) => (container('accounts').startupProbe.failureThreshold = 10),
  ],
  ['gives a process its time to end', ({ pod }) => (pod('booking').terminationGracePeriodSeconds = 10)],
  ['gives a process its time to end', ({ map }) => delete map('settings').DRAIN_SECONDS],
  [
    'says what each container needs, and where its limit is',
    ({ container }) => delete container('gateway').resources.limits.memory,
  ],
  [
    'says what each container needs, and where its limit is',
    ({ container }) => (container('gateway').resources.requests.memory = '2Gi'),
  ],
  [
    'says what each container needs, and where its limit is',
    ({ container }) => delete container('migrations').resources,
  ],
  [
    'lets nobody be root, gain anything, or write to the image',
    ({ pod }) => delete pod('booking').securityContext.runAsNonRoot,
  ],
  [
    'lets nobody be root, gain anything, or write to the image',
    ({ pod }) => delete pod('booking').securityContext.seccompProfile,
  ],
  [
    'lets nobody be root, gain anything, or write to the image',
    ({ container }) => (container('booking').securityContext.readOnlyRootFilesystem = false),
  ],
  [
    'lets nobody be root, gain anything, or write to the image',
    ({ container }) => delete container('migrations').securityContext.allowPrivilegeEscalation,
  ],
  [
    'lets nobody be root, gain anything, or write to the image',
    ({ container }) => (container('booking').securityContext.capabilities.add = ['NET_ADMIN']),
  ],
  [
    'lets nobody be root, gain anything, or write to the image',
    ({ container }) => (container('booking').securityContext.runAsUser = 0),
  ],
  ['keeps out of the machine that it runs on', ({ pod }) => (pod('booking').hostNetwork = true)],
  [
    'keeps out of the machine that it runs on',
    ({ pod }) => pod('booking').volumes.push({ name: 'disk', hostPath: { path: '/' } }),
  ],
  [
    'keeps out of the machine that it runs on',
    ({ pod }) => pod('booking').containers.push({ ...pod('booking').containers[0], name: 'second' }),
  ],
  [
    'has a namespace that enforces the restricted standard',
    ({ the }) => (the('Namespace', 'scheduling').metadata.labels['pod-security.kubernetes.io/enforce'] = 'baseline'),
  ],
  ['has a namespace that enforces the restricted standard', ({ without }) => without('Namespace', 'scheduling')],
  ['gives nobody a token of the cluster', ({ pod }) => delete pod('booking').automountServiceAccountToken],
  ['gives nobody a token of the cluster', ({ pod }) => delete pod('booking').serviceAccountName],
  [
    'gives nobody a token of the cluster',
    ({ the }) => delete the('ServiceAccount', 'booking').automountServiceAccountToken,
  ],
  [
    'runs versions, and never whatever is the latest',
    ({ container }) => (container('booking').image = 'registry.example.org/scheduling/booking:latest'),
  ],
  [
    'runs versions, and never whatever is the latest',
    ({ container }) => (container('booking').image = 'registry.example.org/scheduling/booking'),
  ],
  [
    'runs versions, and never whatever is the latest',
    ({ container }) => (container('booking').image = 'scheduling/booking:1.0.0'),
  ],
  [
    'runs versions, and never whatever is the latest',
    ({ the }) => (the('Cluster', 'database').spec.imageName = 'ghcr.io/cloudnative-pg/postgresql'),
  ],

  [
    'scales every service, between a least and a most',
    ({ the }) => (the('HorizontalPodAutoscaler', 'booking').spec.minReplicas = 20),
  ],
  [
    'scales every service, between a least and a most',
    ({ the }) => (the('HorizontalPodAutoscaler', 'booking').spec.minReplicas = 1),
  ],
  [
    'scales every service, between a least and a most',
    ({ the }) => (the('HorizontalPodAutoscaler', 'booking').spec.scaleTargetRef.name = 'bookings'),
  ],
  ['leaves the number of replicas to the autoscaler', ({ the }) => (the('Deployment', 'booking').spec.replicas = 2)],
  [
    'starts the new before it ends the old',
    ({ the }) => (the('Deployment', 'booking').spec.strategy.rollingUpdate.maxUnavailable = 1),
  ],
  [
    'has a budget for each service, which lets a machine be emptied and leaves somebody',
    ({ the }) =>
      (the('PodDisruptionBudget', 'booking').spec = {
        ...the('PodDisruptionBudget', 'booking').spec,
        maxUnavailable: undefined,
        minAvailable: 3,
      }),
  ],
  [
    'has a budget for each service, which lets a machine be emptied and leaves somebody',
    ({ the }) => (the('PodDisruptionBudget', 'booking').spec.maxUnavailable = 3),
  ],
  [
    'has a budget for each service, which lets a machine be emptied and leaves somebody',
    ({ the }) => (the('PodDisruptionBudget', 'booking').spec.minAvailable = 1),
  ],
  [
    'has a budget for each service, which lets a machine be emptied and leaves somebody',
    ({ without }) => without('PodDisruptionBudget', 'booking'),
  ],
  [
    'has no budget of nobody',
    ({ the }) => (the('PodDisruptionBudget', 'booking').spec.selector.matchLabels = { app: 'booking' }),
  ],
  [
    'spreads the pods of each service over zones and machines',
    ({ pod }) => pod('booking').topologySpreadConstraints.pop(),
  ],
  [
    'spreads the pods of each service over zones and machines',
    ({ pod }) => (pod('booking').topologySpreadConstraints[0].labelSelector.matchLabels = { app: 'booking' }),
  ],
  [
    'has connections for every replica, and one more of each while they are renewed',
    ({ the }) => (the('Cluster', 'database').spec.postgresql.parameters.max_connections = '100'),
  ],
  [
    'has connections for every replica, and one more of each while they are renewed',
    ({ the }) => (the('HorizontalPodAutoscaler', 'notification').spec.maxReplicas = 60),
  ],

  [
    'selects by a Deployment exactly what that makes',
    ({ the }) => (the('Deployment', 'booking').spec.selector.matchLabels = { 'app.kubernetes.io/name': 'bookings' }),
  ],
  [
    'selects by a Deployment exactly what that makes',
    ({ the }) =>
      (the('Deployment', 'booking').spec.selector.matchLabels = { 'app.kubernetes.io/part-of': 'scheduling' }),
  ],
  [
    'has a Service before each service, and at a port of it',
    ({ the }) => (the('Service', 'booking').spec.selector = { app: 'booking' }),
  ],
  [
    'has a Service before each service, and at a port of it',
    ({ the }) => (the('Service', 'booking').spec.ports[0].targetPort = 'web'),
  ],
  ['has a Service before each service, and at a port of it', ({ without }) => without('Service', 'booking')],
  ['mounts what it declares, and declares what it mounts', ({ container }) => container('booking').volumeMounts.pop()],
  ['mounts what it declares, and declares what it mounts', ({ pod }) => pod('booking').volumes.pop()],
  [
    'reads settings from maps that are there, and leaves none idle',
    ({ container }) => container('booking').envFrom.push({ configMapRef: { name: 'nowhere' } }),
  ],
  [
    'reads settings from maps that are there, and leaves none idle',
    ({ container }) => container('booking').envFrom.pop(),
  ],
  ['has everything once, and in a namespace', ({ the, objects }) => objects.push(the('Service', 'booking'))],
  ['has everything once, and in a namespace', ({ the }) => delete the('Service', 'booking').metadata.namespace],
  [
    'gives each number of a port once',
    ({ container }) => container('booking').ports.push({ name: 'more', containerPort: 3000 }),
  ],
  ['gives each number of a port once', ({ container }) => (container('booking').ports[0].containerPort = 99_999)],
];
