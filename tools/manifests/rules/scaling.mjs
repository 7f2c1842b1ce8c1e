import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../generate/root.mjs';
import { selects } from '../world.mjs';

/** How many there are, and how many may be missing. */
export const scaling = {
  'scales every service, between a least and a most': ({ services, of, isProduction }) => [
    ...services.map(
      ({ name }) => !of('HorizontalPodAutoscaler').some((one) => scales(one, name)) && `nothing scales ${name}`,
    ),
    ...of('HorizontalPodAutoscaler').flatMap(({ metadata: { name }, spec }) => [
      !services.some((service) => scales({ spec }, service.name)) && `${name} scales nothing`,
      !(spec.minReplicas <= spec.maxReplicas) && `${name} begins above its end`,
      isProduction && !(spec.minReplicas >= 2) && `${name} may leave one alone`,
      !spec.metrics?.length && `${name} looks at nothing`,
    ]),
  ],

  'leaves the number of replicas to the autoscaler': ({ services }) =>
    services
      .filter(({ object }) => object.spec.replicas !== undefined)
      .map(({ name }) => `${name} sets it at each deployment`),

  'starts the new before it ends the old': ({ services }) =>
    services
      .filter(
        ({ object: { spec } }) =>
          spec.strategy?.rollingUpdate?.maxUnavailable !== 0 || !(spec.strategy.rollingUpdate.maxSurge > 0),
      )
      .map(({ name }) => `${name} has fewer while it is renewed`),

  'has a budget for each service, which lets a machine be emptied and leaves somebody': ({ services, of }) =>
    services.flatMap(({ name, labels }) => {
      const budgets = of('PodDisruptionBudget').filter(({ spec }) => selects(spec.selector, labels));
      if (budgets.length !== 1) return [`${name} has ${budgets.length} budgets`];
      const [{ spec }] = budgets;
      const least = of('HorizontalPodAutoscaler').find((one) => scales(one, name))?.spec.minReplicas ?? 1;
      const away = spec.maxUnavailable ?? least - spec.minAvailable;
      return [
        !Number.isInteger(away) && `${name}: the budget is no number`,
        spec.maxUnavailable !== undefined && spec.minAvailable !== undefined && `${name}: the budget says two things`,
        !(away >= 1) && `${name}: no pod of ${least} may ever be moved`,
        least > 1 && !(away < least) && `${name}: all ${least} pods may be away at once`,
      ];
    }),

  'has no budget of nobody': ({ services, of }) =>
    of('PodDisruptionBudget')
      .filter(({ spec }) => !services.some(({ labels }) => selects(spec.selector, labels)))
      .map(({ metadata }) => `${metadata.name} selects nothing`),

  'spreads the pods of each service over zones and machines': ({ services }) =>
    services.flatMap(({ name, labels, spec: { topologySpreadConstraints: all = [] } }) => [
      ...['topology.kubernetes.io/zone', 'kubernetes.io/hostname'].map(
        (key) => !all.some(({ topologyKey }) => topologyKey === key) && `${name} is not spread by ${key}`,
      ),
      ...all.map(({ labelSelector }) => !selects(labelSelector, labels) && `${name} is spread over others' pods`),
    ]),

  'has connections for every replica, and one more of each while they are renewed': ({ services, of, find }) => {
    const most = Number(of('Cluster')[0]?.spec.postgresql?.parameters?.max_connections ?? 100);
    const asked = services
      .filter(({ spec }) => (spec.volumes ?? []).some(({ name }) => name === 'database'))
      .reduce((sum, { name }) => sum + (find('HorizontalPodAutoscaler', name)?.spec.maxReplicas + 1) * eachAsks(), 0);
    return [!(asked <= most - KEPT_BACK) && `${asked} connections are asked for, ${most} are there`];
  },
};

/** For the administrator, migrations, standbys and CloudNativePG itself. */
const KEPT_BACK = 30;

/** A process has its pool, one more for the relay, and one for the probe. */
function eachAsks() {
  const source = readFileSync(join(ROOT, 'libs/persistence/src/own-schema.ts'), 'utf8');
  return Number(/^const POOL_SIZE = (\d+);$/m.exec(source)[1]) + 2;
}

const scales = ({ spec: { scaleTargetRef: target } }, name) =>
  target.kind === 'Deployment' && target.apiVersion === 'apps/v1' && target.name === name;
