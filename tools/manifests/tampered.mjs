import { stringify } from 'yaml';
import { complaints, ruleNames } from './rules/all.mjs';
import { validated } from './schemas.mjs';
import { podTampering } from './tampering/pods.mjs';
import { otherTampering } from './tampering/rest.mjs';
import { worldOf } from './world.mjs';

/** What a schema must see, each in a resource of its own. */
const UNSCHEMATIC = [
  ['Deployment', 'booking', ({ spec }) => (spec.template.spec.containers[0].livenesProbe = {})],
  ['Deployment', 'accounts', ({ spec }) => (spec.template.spec.containers[0].ports[0].containerPort = 'http')],
  ['Service', 'booking', ({ spec }) => delete spec.ports[0].port],
  ['HorizontalPodAutoscaler', 'booking', ({ spec }) => delete spec.maxReplicas],
  ['Ingress', 'gateway', ({ spec }) => (spec.rules[0].http.paths[0].pathType = undefined)],
  ['NetworkPolicy', 'services', ({ spec }) => (spec.ingress[0].form = [])],
  ['ServiceMonitor', 'scheduling', ({ spec }) => (spec.endpoints[0].intervall = '15s')],
  ['PrometheusRule', 'scheduling', ({ spec }) => (spec.groups[0].rules[0].sumary = 'down')],
  ['KafkaTopic', 'scheduling.booking', ({ spec }) => (spec.partition = 12)],
  ['Cluster', 'database', ({ spec }) => (spec.instance = 3)],
];

/** Tampers with what production runs, one thing at a time; answers how often that was seen, and what was not. */
export function unseen(production) {
  const all = [...podTampering, ...otherTampering];
  const missed = all.filter(([rule, tamper]) => !sees(rule, production, tamper));
  const untried = ruleNames.filter((name) => !all.some(([rule]) => rule === name));
  const schemas = schemasMiss(production);
  return {
    seen: all.length - missed.length + UNSCHEMATIC.length - schemas.length,
    faults: [
      ...missed.map(([rule, tamper]) => `nobody saw it (${rule}): ${tamper}`),
      ...untried.map((name) => `no tampering tries the rule: ${name}`),
      ...schemas,
    ],
  };
}

/** Whether a rule has more to say than before. */
function sees(rule, objects, tamper) {
  const said = complaints(rule, worldOf('prod', objects));
  const copy = structuredClone(objects);
  tamper(handsOn(copy));
  return complaints(rule, worldOf('prod', copy)).some((complaint) => !said.includes(complaint));
}

/** What a tamperer reaches for. */
function handsOn(objects) {
  const the = (kind, name) => objects.find((one) => one.kind === kind && one.metadata.name === name);
  const pod = (name) => (the('Deployment', name) ?? the('Job', name)).spec.template.spec;
  const mapOf = (name) =>
    objects.find(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name.replace(/-\w{10}$/, '') === name);
  return {
    objects,
    the,
    pod,
    container: (name) => pod(name).containers[0],
    map: (name) => (mapOf(name).data ??= {}),
    policy: (name) => the('NetworkPolicy', name).spec,
    paths: () => the('Ingress', 'gateway').spec.rules[0].http.paths,
    without: (kind, name) => objects.splice(objects.indexOf(the(kind, name)), 1),
  };
}

/** The resources whose fault no schema told of. */
function schemasMiss(production) {
  const copy = structuredClone(production);
  const { the } = handsOn(copy);
  const touched = UNSCHEMATIC.map(([kind, name, tamper]) => {
    tamper(the(kind, name));
    return the(kind, name);
  });
  const { faults } = validated(touched.map((one) => stringify(one, { aliasDuplicateObjects: false })).join('---\n'));
  return UNSCHEMATIC.filter(
    ([kind, name]) => !faults.some((said) => said.toLowerCase().includes(kind.toLowerCase()) && said.includes(name)),
  ).map(([kind, name]) => `no schema saw what is wrong with ${kind} ${name}: ${faults.join('; ')}`);
}
