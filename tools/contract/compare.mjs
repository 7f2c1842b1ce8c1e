import { createRequire } from 'node:module';
import { operationAt, operationsOf, readDocument } from './document.mjs';

const require = createRequire(import.meta.url);

/** Addresses of development and of discovery, which the document leaves out. */
const UNDOCUMENTED = /^\/api\/v1\/accounts\/(dev|\.well-known)\//;
const PROBLEM = 'application/problem+json';

/** Holds answers against the document: how many kinds of how many operations agree, and what is wrong with the others. */
export function compare(answers) {
  const document = closed(readDocument());
  const operations = operationsOf(document);
  const validatorOf = validators(document);
  const wrong = new Map();
  const seen = new Set();
  for (const answer of answers) {
    if (UNDOCUMENTED.test(answer.path)) continue;
    const found = operationAt(operations, answer.method, answer.path);
    // An address that leads nowhere is refused by any server.
    if (answer.status === 404 && answer.body?.code === 'route_not_found') continue;
    const fault = found
      ? faultOf(answer, found, validatorOf)
      : `${answer.method} ${answer.path} is not in the document`;
    if (found) seen.add(`${found.method} ${found.path}`);
    if (fault) wrong.set(fault, answer.test);
  }
  const operationsSeen = operations.filter(({ method, path }) => seen.has(`${method} ${path}`)).length;
  return {
    operations: operations.length,
    operationsSeen,
    wrong: [...wrong].map(([what, test]) => `${what} (${test})`),
  };
}

function faultOf(answer, { method, path, operation }, validatorOf) {
  const { status, type, body } = answer;
  const where = `${method.toUpperCase()} ${path} → ${status}`;
  const declared = operation.responses[status];
  if (!declared) return `${where}${body?.code ? ` ${body.code}` : ''} is not declared`;
  if (body === undefined) return null;
  const validate = validatorOf(path, method, status, type);
  if (!validate) return `${where} is not declared as ${type}`;
  if (validate(body)) return null;
  if (type === PROBLEM) return `${where} does not declare the code ${body.code}`;
  const [{ instancePath, message, params }] = validate.errors;
  return `${where}: ${instancePath || 'the body'} ${message} ${JSON.stringify(params)}`;
}

/** A validator for each kind of answer, made when the first one comes. */
function validators(document) {
  const { default: Ajv } = require('ajv/dist/2020');
  const { default: addFormats } = require('ajv-formats');
  const ajv = new Ajv({ strict: false, validateSchema: false, validateFormats: true });
  addFormats(ajv);
  ajv.addSchema(document, 'api');
  const made = new Map();
  return (path, method, status, type) => {
    const key = `${method} ${path} ${status} ${type}`;
    if (!made.has(key)) made.set(key, make(ajv, document, { path, method, status, type }));
    return made.get(key);
  };
}

function make(ajv, document, { path, method, status, type }) {
  const response = document.paths[path][method].responses[status];
  const steps = response.$ref
    ? response.$ref.slice(2).split('/')
    : ['paths', path, method, 'responses', String(status)];
  const whole = steps.reduce((part, step) => part[step], document);
  if (!whole.content?.[type]?.schema) return null;
  const pointer = [...steps, 'content', type, 'schema'].map((step) => step.replaceAll('~', '~0').replaceAll('/', '~1'));
  return ajv.compile({ $ref: `api#/${pointer.map(encodeURIComponent).join('/')}` });
}

/** The document, in which a shape has no fields but those that it names: so an undeclared one is found. */
function closed(document) {
  for (const [name, schema] of Object.entries(document.components.schemas)) {
    if (name !== 'Problem' && schema.properties && schema.additionalProperties === undefined)
      schema.additionalProperties = false;
  }
  return document;
}
