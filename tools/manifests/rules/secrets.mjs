import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../generate/root.mjs';

/** Settings that nobody may read who may read a ConfigMap. */
const SECRET =
  /SECRET|TOKEN|PASSWORD|_KEYS?$|PRIVATE|^(DATABASE|REDIS|SMTP|ADMIN_DATABASE)_URL$|SERVICE_ACCOUNT|API_KEY|DSN/;
const PASSWORD_IN_URL = /\w+:\/\/[^/\s:@]*:[^/\s@]+@/;

/** Secrets are named, and never there. */
export const secrets = {
  'holds no Secret, and no value of one': ({ objects, workloads, environmentOf }) => [
    ...objects.map(({ kind, metadata }) => kind === 'Secret' && `the Secret ${metadata.name} is there`),
    ...objects.map(
      (one) =>
        PASSWORD_IN_URL.test(JSON.stringify(one)) && `${one.kind} ${one.metadata.name} has a password in an address`,
    ),
    ...workloads.flatMap((workload) =>
      environmentOf(workload).map(
        ({ name, value }) =>
          SECRET.test(name) &&
          !name.endsWith('_FILE') &&
          value !== undefined &&
          `${workload.name} is told ${name} in the open`,
      ),
    ),
  ],

  'gives services their secrets as files, and only migrations as variables': ({ services, environmentOf }) =>
    services.flatMap((service) =>
      environmentOf(service).map(({ name, from }) => from && `${service.name} has ${name} in its environment`),
    ),

  'mounts a file for each setting that is one': ({ services, environmentOf }) =>
    services.flatMap((service) =>
      environmentOf(service)
        .filter(({ name }) => name.endsWith('_FILE'))
        .map(
          ({ name, value }) => !keyAt(service, value) && `${service.name}: nothing is mounted at ${value}, for ${name}`,
        ),
    ),

  'lets only the process itself read them': ({ services }) =>
    services.flatMap(({ name, spec, container }) => [
      ...(spec.volumes ?? []).map(
        ({ name: volume, secret }) => secret && secret.defaultMode !== 0o440 && `${name}: anybody may read ${volume}`,
      ),
      ...(container.volumeMounts ?? []).map(
        (mount) => mount.readOnly !== true && `${name} may write to ${mount.mountPath}`,
      ),
      (spec.volumes ?? []).length > 0 &&
        spec.securityContext?.fsGroup !== spec.securityContext?.runAsGroup &&
        `${name} may not read them`,
    ]),

  'gives a Secret to one service alone, but for what they share': ({ services }) => {
    const named = services.flatMap(({ name, spec }) =>
      (spec.volumes ?? []).map(({ secret }) => ({ name, secret: secret?.secretName })),
    );
    return named.map(
      ({ name, secret }) =>
        secret !== 'redis' && !secret?.startsWith(`${name}-`) && `${name} has the Secret ${secret}, of another`,
    );
  },

  'names every Secret and key in k8s/README.md': (world) => {
    const rows = readFileSync(join(ROOT, 'k8s', 'README.md'), 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('| `'));
    return references(world).map(({ secret, key }) => {
      const names = [`\`${secret}\``, `\`${secret.replace(/^.*-database$/, '<service>-database')}\``];
      const row = rows.find((line) => names.some((name) => line.split('|')[1].includes(name)));
      return !(row && (!key || row.includes(`\`${key}\``))) && `${secret}${key ? `, ${key}` : ''} is not there`;
    });
  },
};

/** Which key of which Secret a path of a service's leads to. */
function keyAt({ spec, container }, path) {
  const mount = (container.volumeMounts ?? []).find(({ mountPath }) => path.startsWith(`${mountPath}/`));
  const volume = mount && (spec.volumes ?? []).find(({ name }) => name === mount.name);
  const file = mount && path.slice(mount.mountPath.length + 1);
  const items = volume?.secret?.items;
  const key = items ? items.find((item) => item.path === file)?.key : file;
  return volume?.secret && key && { secret: volume.secret.secretName, key };
}

function references(world) {
  const files = world.services.flatMap((service) =>
    world
      .environmentOf(service)
      .filter(({ name }) => name.endsWith('_FILE'))
      .map(({ value }) => keyAt(service, value)),
  );
  const variables = world.workloads.flatMap((workload) =>
    world
      .environmentOf(workload)
      .map(({ from }) => from?.secretKeyRef && { secret: from.secretKeyRef.name, key: from.secretKeyRef.key }),
  );
  const certificates = world
    .of('Ingress')
    .flatMap(({ spec }) => (spec.tls ?? []).map(({ secretName }) => ({ secret: secretName })));
  return [...files, ...variables, ...certificates].filter(Boolean);
}
