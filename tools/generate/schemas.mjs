// The JSON Schema of each event, made from its class. Runs with the TypeScript sources, by tools/swc-hook.mjs.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ROOT } from './root.mjs';

const require = createRequire(join(ROOT, 'package.json'));

const { catalogue, metaOf, topicOf } = createRequire(join(ROOT, 'libs/contracts/package.json'))(
  '@scheduling/contracts',
);
const { getMetadataStorage } = require('class-validator');
const { targetConstructorToSchema, validationMetadatasToSchemas } = require('class-validator-jsonschema');
// class-transformer's main module does not export its storage, and without it lists of objects have no schema.
const { defaultMetadataStorage } = require('class-transformer/cjs/storage');

const REF = '#/$defs/';

/** Every event: its type, topic, class, examples, schema, and the schemas that it refers to. */
export function events() {
  const options = { classTransformerMetadataStorage: defaultMetadataStorage, refPointerPrefix: REF };
  const all = validationMetadatasToSchemas(options);
  return [...catalogue()].map(([type, shape]) => {
    const schema = honest(targetConstructorToSchema(shape, options), shape);
    const parts = reachable(schema, all);
    const { examples, key } = metaOf(shape);
    return { type, topic: topicOf(type), shape, key: keyField(key, examples[0]), examples, schema, parts };
  });
}

/**
 * What the generator gets wrong, put right: it takes a nullable field for an optional one and says nullable in OpenAPI's
 * way, a whole number for any number, and asks of an object that it be no null.
 */
function honest({ properties = {}, required = [], ...rest }, shape) {
  const whole = wholeNumbers(shape);
  const nullable = Object.keys(properties).filter((name) => properties[name].nullable);
  const fields = Object.entries(properties).map(([name, { nullable: isNullable, not: _, ...schema }]) => {
    const field = schema.$ref ? { $ref: schema.$ref } : schema;
    if (whole.has(name)) field.type = 'integer';
    return [name, isNullable ? orNull(field) : field];
  });
  const always = Object.keys(properties).filter((name) => required.includes(name) || nullable.includes(name));
  return { ...rest, properties: Object.fromEntries(fields), required: always };
}

const wholeNumbers = (shape) =>
  new Set(
    getMetadataStorage()
      .getTargetValidationMetadatas(shape, '', false, false)
      .filter(({ name }) => name === 'isInt')
      .map(({ propertyName }) => propertyName),
  );

function orNull(schema) {
  if (typeof schema.type !== 'string') return { anyOf: [schema, { type: 'null' }] };
  return { ...schema, type: [schema.type, 'null'], ...(schema.enum && { enum: [...schema.enum, null] }) };
}

/** The schemas that one refers to, and those that they refer to. */
function reachable(schema, all, found = {}) {
  for (const [, name] of JSON.stringify(schema).matchAll(/"\$ref":"#\/\$defs\/([^"]+)"/g)) {
    if (found[name]) continue;
    found[name] = honest(all[name], classNamed(name));
    reachable(found[name], all, found);
  }
  return found;
}

/** The class of that name; two would be merged into one schema without a word. */
function classNamed(name) {
  const [shape, another] = [...getMetadataStorage().validationMetadatas.keys()].filter((it) => it.name === name);
  if (another) throw new Error(`two classes are named ${name}`);
  return shape;
}

/** The name of the field that is an event's partition key. */
function keyField(key, example) {
  const value = key(example);
  return Object.keys(example).find((name) => example[name] === value);
}

/** A schema that stands alone, as it is released. */
export const standalone = ({ type, key, examples, schema, parts }) => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: type,
  'x-key': key,
  ...schema,
  ...(Object.keys(parts).length > 0 && { $defs: parts }),
  examples,
});
