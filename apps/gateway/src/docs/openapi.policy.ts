import { findRoute, type Route, type ServiceName } from '../routing/routes.policy.ts';

type Shapes = Readonly<Record<string, unknown>>;

/** What we read of an OpenAPI 3 document. */
export interface OpenApi {
  readonly paths?: Shapes;
  readonly components?: { readonly schemas?: Shapes };
  readonly tags?: readonly { readonly name: string }[];
}

/** One service's description of itself, or none where it did not answer. */
export interface Part {
  readonly service: ServiceName;
  readonly document: OpenApi | null;
}

/** Makes one document of all that the gateway lets through; says which services are missing from it. */
export function mergeOpenApi(parts: readonly Part[], routes: readonly Route[]): object {
  const missing = parts.filter(({ document }) => !document).map(({ service }) => service);
  const paths: Record<string, unknown> = {};
  const schemas: Record<string, unknown> = {};
  const tags = new Map<string, object>();
  for (const { service, document } of parts) {
    if (!document) continue;
    const own = withoutClashes(service, document, schemas);
    Object.assign(schemas, own.components?.schemas);
    for (const [path, operations] of Object.entries(own.paths ?? {})) {
      if (findRoute(path, routes)?.service === service) paths[path] = operations;
    }
    for (const tag of own.tags ?? []) tags.set(tag.name, tag);
  }
  return {
    openapi: '3.0.0',
    info: { title: 'Preply Scheduling', version: '1', description: describe(missing) },
    ...(missing.length > 0 && { 'x-missing-services': missing }),
    tags: [...tags.values()],
    paths,
    components: { schemas, securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } } },
  };
}

const describe = (missing: readonly string[]): string =>
  'The public API of every service, behind one gateway. Bodies and answers are JSON in snake_case; refusals are RFC 9457 problems with a stable `code`.' +
  (missing.length > 0 ? `\n\n**Not here just now, because they do not answer: ${missing.join(', ')}.**` : '');

/** The document with each schema renamed whose name means something else already. */
function withoutClashes(service: string, document: OpenApi, known: Shapes): OpenApi {
  const clashes = Object.entries(document.components?.schemas ?? {})
    .filter(([name, schema]) => name in known && JSON.stringify(known[name]) !== JSON.stringify(schema))
    .map(([name]) => name);
  if (clashes.length === 0) return document;

  const renamed = (name: string) => (clashes.includes(name) ? `${service}_${name}` : name);
  const text = JSON.stringify(document).replaceAll(
    /"#\/components\/schemas\/([\w.-]+)"/g,
    (_, name: string) => `"#/components/schemas/${renamed(name)}"`,
  );
  const copy = JSON.parse(text) as OpenApi;
  const schemas = Object.entries(copy.components?.schemas ?? {}).map(([name, schema]) => [renamed(name), schema]);
  return { ...copy, components: { ...copy.components, schemas: Object.fromEntries(schemas) } };
}
