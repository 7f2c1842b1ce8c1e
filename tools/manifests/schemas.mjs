import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Ajv from 'ajv';
import { parse } from 'yaml';
import { OWN_SCHEMAS } from './own-schemas.mjs';
import { operatorResources, run, validator } from './programs.mjs';
import { objectsIn } from './rendered.mjs';

const MONITORING = ['servicemonitors', 'prometheusrules'];
/** What Go's expressions have and JavaScript's have not. */
const GO_ONLY = '(?i)';
const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
let kept;

/** Validates each resource of a YAML text: for which Kubernetes, how many there are, and the faults of each that has some. */
export function validated(text) {
  const operators = operatorSchemas();
  const objects = objectsIn(text);
  const theirs = objects.filter((one) => nameOf(one) in operators);
  const kubernetes = ofKubernetes(text, objects.length - theirs.length);
  const faults = [...kubernetes.faults, ...theirs.flatMap((one) => faultsOf(operators[nameOf(one)], one))];
  return { version: kubernetes.version, resources: objects.length, faults };
}

const nameOf = ({ apiVersion, kind }) => `${apiVersion} ${kind}`;

/** What kubernetes-validate says; it passes over kinds that it does not know, and so the rest must add up. */
function ofKubernetes(text, expected) {
  const { program, version } = validator();
  const folder = mkdtempSync(join(tmpdir(), 'manifests-'));
  try {
    const file = join(folder, 'rendered.yaml');
    writeFileSync(file, text);
    const { stdout, stderr } = run(program, ['--strict', '-k', version, file]);
    const lines = `${stdout}\n${stderr}`.split('\n').map((line) => line.replace(`${file} `, ''));
    const passed = lines.filter((line) => /^INFO +passed|^INFO passed/.test(line)).length;
    const faults = lines.filter((line) => line.startsWith('ERROR'));
    const missing = expected - passed - faults.length;
    return { version, faults: missing > 0 ? [...faults, ...Array(missing).fill('a resource has no schema')] : faults };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function faultsOf(validate, one) {
  if (validate(one)) return [];
  const said = validate.errors.map(
    ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  );
  return [`${one.kind} ${one.metadata?.name}: ${said.join('; ')}`];
}

/** By what a resource calls itself: the Prometheus operator's own descriptions, and ours of what we use of others. */
function operatorSchemas() {
  kept ??= Object.fromEntries(
    [...MONITORING.flatMap(describedByOperator), ...Object.entries(OWN_SCHEMAS)].map(([name, schema]) => [
      name,
      ajv.compile(schema),
    ]),
  );
  return kept;
}

function describedByOperator(plural) {
  const { spec } = parse(readFileSync(join(operatorResources(), `monitoring.coreos.com_${plural}.yaml`), 'utf8'));
  return spec.versions.map(({ name, schema }) => [
    `${spec.group}/${name} ${spec.names.kind}`,
    strictly(schema.openAPIV3Schema),
  ]);
}

/** A description that takes no field that it does not name. */
function strictly(schema) {
  if (Array.isArray(schema)) return schema.map(strictly);
  if (schema === null || typeof schema !== 'object') return schema;
  const known = Object.entries(schema).filter(([key, value]) => key !== 'pattern' || !String(value).includes(GO_ONLY));
  const inner = Object.fromEntries(known.map(([key, value]) => [key, strictly(value)]));
  if (schema['x-kubernetes-int-or-string']) return { anyOf: [{ type: 'integer' }, { type: 'string' }] };
  const isClosed = schema.type === 'object' && schema.properties && !schema['x-kubernetes-preserve-unknown-fields'];
  const isWhole = schema.properties?.apiVersion && schema.properties.kind;
  if (isWhole) return { ...inner, additionalProperties: false, required: ['apiVersion', 'kind', 'metadata', 'spec'] };
  return isClosed && schema.additionalProperties === undefined ? { ...inner, additionalProperties: false } : inner;
}
