// The words of the description of the API: what each field means, as its sentence in the sources says it, and an example of each body.
import { classes, fieldSentences } from './sources.mjs';

const BY_FORMAT = {
  uuid: '3f2b8c1e-6c39-4b52-9a57-0d9c1f6f7a10',
  'date-time': '2026-12-01T16:00:00Z',
  email: 'olena@example.org',
  uri: 'https://example.org',
};

/** Gives each field of a service's schemas its sentence. */
export function addSentences(document, service) {
  const declared = new Map(classes(new RegExp(`^apps/${service}/src/`)).map((it) => [it.name.text, it]));
  for (const [name, schema] of Object.entries(document.components?.schemas ?? {})) {
    if (!declared.has(name) || !schema.properties) continue;
    const sentences = fieldSentences(declared.get(name));
    for (const [field, property] of Object.entries(schema.properties)) {
      if (!sentences[field] || property.description) continue;
      // Since 3.1 words may stand beside a reference.
      schema.properties[field] = { ...property, description: sentences[field] };
    }
  }
}

/** Gives each request body an example that its shape allows. */
export function addExamples(document) {
  for (const operation of Object.values(document.paths).flatMap(Object.values)) {
    for (const media of Object.values(operation.requestBody?.content ?? {})) {
      media.example ??= exampleOf(media.schema, document);
    }
    for (const parameter of operation.parameters ?? []) {
      if (parameter.in === 'path') parameter.example ??= exampleOf(parameter.schema, document);
    }
  }
}

/** A value of a shape: the example it names, else a plain one; of an object the fields that must be there, or the first. */
function exampleOf(schema, document) {
  if (schema.$ref) return exampleOf(document.components.schemas[schema.$ref.split('/').at(-1)], document);
  if (schema.example !== undefined) return schema.example;
  if (schema.default !== undefined) return schema.default;
  const some = schema.allOf?.[0] ?? schema.anyOf?.[0] ?? schema.oneOf?.[0];
  if (some) return exampleOf(some, document);
  if (schema.enum) return schema.enum[0];
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  if (type === 'array') return [exampleOf(schema.items, document)];
  if (type === 'integer' || type === 'number') return schema.minimum ?? 1;
  if (type === 'boolean') return true;
  if (type === 'string')
    return BY_FORMAT[schema.format] ?? 'text'.padEnd(schema.minLength ?? 0, '.').slice(0, schema.maxLength);
  const fields = Object.entries(schema.properties ?? {});
  const needed = fields.filter(([name]) => schema.required?.includes(name));
  const shown = needed.length > 0 ? needed : fields.slice(0, 1);
  return Object.fromEntries(shown.map(([name, field]) => [name, exampleOf(field, document)]));
}
