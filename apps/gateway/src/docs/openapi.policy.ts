import { findRoute, type Route, type ServiceName } from '../routing/routes.policy.ts';
import { BEARER, type Operations, SIGNATURES, withSecurity } from './security.policy.ts';

type Shapes = Readonly<Record<string, unknown>>;

/** What we read of an OpenAPI 3 document. */
export interface OpenApi {
  readonly openapi?: string;
  readonly info?: object;
  readonly servers?: readonly object[];
  readonly security?: readonly object[];
  readonly tags?: readonly object[];
  readonly paths?: Shapes;
  readonly components?: { readonly schemas?: Shapes; readonly securitySchemes?: Shapes };
}

/** One service's description of itself, or none where it did not answer. */
export interface Part {
  readonly service: ServiceName | 'gateway';
  readonly document: OpenApi | null;
}

/** Makes one document of all that the gateway lets through; says which services are missing from it. */
export function mergeOpenApi(parts: readonly Part[], routes: readonly Route[]): OpenApi {
  const missing = parts.filter(({ document }) => !document).map(({ service }) => service);
  const paths: Record<string, unknown> = {};
  const schemas: Record<string, unknown> = {};
  for (const { service, document } of parts) {
    if (!document) continue;
    const own = withoutClashes(service, document, schemas);
    Object.assign(schemas, own.components?.schemas);
    for (const [path, operations] of Object.entries(own.paths ?? {})) {
      const isItsOwn =
        service === 'gateway' ? findRoute(path, routes) === null : findRoute(path, routes)?.service === service;
      if (isItsOwn) paths[path] = withSecurity(operations as Operations);
    }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Preply Scheduling', version: '1', description: describe(missing), license: LICENSE },
    servers: [{ url: '/', description: 'The gateway.' }],
    ...(missing.length > 0 && { 'x-missing-services': missing }),
    security: [{ bearer: [] }],
    tags: tagsOf(paths),
    paths,
    components: { schemas: used(schemas, paths), securitySchemes: { bearer: BEARER, ...SIGNATURES } },
  };
}

const LICENSE = { name: 'Proprietary', identifier: 'LicenseRef-Proprietary' };

/** What each group of routes is about. */
const TAGS: Readonly<Record<string, string>> = {
  accounts: 'Who people are.',
  availability: 'When tutors teach, and which slots that makes.',
  booking: 'Holding, paying for, moving and canceling lessons.',
  calendar: 'Google calendars, imported calendars and feeds.',
  credits: 'What a student has paid ahead.',
  notifications: 'What people are told, and how they wish to be.',
  realtime: 'What changes, as it happens.',
  payments: 'Cards, and what an operator must see to.',
  subscriptions: 'Plans, and the lessons that they allow.',
  webhooks: 'What other systems are told, and what they tell us.',
};

/** The tags that some operation has, in the order of the alphabet. */
function tagsOf(paths: Shapes): object[] {
  const operations = Object.values(paths).flatMap((path) => Object.values(path as Record<string, { tags?: string[] }>));
  const names = new Set(operations.flatMap(({ tags }) => tags ?? []));
  return [...names].toSorted().map((name) => ({ name, ...(TAGS[name] && { description: TAGS[name] }) }));
}

/** The schemas that the paths lead to: events, which services have beside them, are described elsewhere. */
function used(schemas: Shapes, paths: Shapes): Shapes {
  const found = new Set<string>();
  const follow = (part: unknown): void => {
    for (const [, name] of JSON.stringify(part).matchAll(/"#\/components\/schemas\/([\w.-]+)"/g)) {
      if (found.has(name!)) continue;
      found.add(name!);
      follow(schemas[name!]);
    }
  };
  follow(paths);
  return Object.fromEntries(Object.entries(schemas).filter(([name]) => found.has(name)));
}

/**
 * The document as the services describe themselves just now, in the fuller words of the one that was released: with what each route
 * refuses, the meaning of each field, and examples.
 */
export function inFullWords(live: OpenApi, released: OpenApi): object {
  const paths = Object.entries(live.paths ?? {}).map(([path, operations]) => {
    const full = released.paths?.[path] as Shapes | undefined;
    return [path, Object.fromEntries(Object.entries(operations as Shapes).map(([on, own]) => [on, full?.[on] ?? own]))];
  });
  // What the gateway answers by itself is in nobody's description but the released one.
  const own = Object.entries(released.paths ?? {}).filter(([path]) => findRoute(path) === null);
  const schemas = { ...live.components?.schemas, ...released.components?.schemas };
  return {
    ...live,
    paths: Object.fromEntries([...paths, ...own]),
    components: { ...live.components, ...released.components, schemas },
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
