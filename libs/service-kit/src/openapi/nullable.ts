type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** The document with each `nullable` of OpenAPI 3.0 written as JSON Schema does it since 3.1: null is one of the types. */
export function withoutNullable<Document>(document: Document): Document {
  return renewed(document as Json) as Document;
}

function renewed(value: Json): Json {
  if (Array.isArray(value)) return value.map(renewed);
  if (value === null || typeof value !== 'object') return value;
  const { nullable, ...schema } = Object.fromEntries(Object.entries(value).map(([key, part]) => [key, renewed(part)]));
  return nullable === true ? orNull(schema) : schema;
}

function orNull({ allOf, $ref, ...rest }: Record<string, Json>): Json {
  const of = $ref === undefined ? allOf : [{ $ref }];
  if (Array.isArray(of)) return { ...rest, anyOf: [...of, { type: 'null' }] };
  const { type, enum: words, ...others } = rest;
  return {
    ...others,
    ...(type !== undefined && { type: [type, 'null'] }),
    ...(Array.isArray(words) && { enum: [...words, null] }),
  };
}
