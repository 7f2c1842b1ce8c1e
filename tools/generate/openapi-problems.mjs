// The refusals in the description of the API: those that each route's calls lead to, and those that any route of its kind may answer.
import { allRefusals } from './errors-page.mjs';
import { refusalsOfRoutes } from './openapi-refusals.mjs';

/** What the framework and the gateway refuse without a class of ours. */
const BARE = {
  malformed_request: [400, 'The request is not well-formed.'],
  body_too_large: [413, 'The body is larger than 100 kB.'],
  media_type_unsupported: [415, 'Bodies are JSON here.'],
  too_many_requests: [429, 'Too many requests: wait a little.'],
  internal: [500, 'Something went wrong on our side.'],
};
const ALWAYS = ['malformed_request', 'too_many_requests', 'internal', 'service_unavailable', 'try_again'];
const SIGNED_IN = ['not_signed_in', 'issuer_unreachable', 'account_erased'];
/** An address may be written so that two readers would read two things. */
const WITH_ID = ['route_not_found'];
const WITH_ROLE = ['role_missing'];
const WITH_BODY = ['body_too_large', 'media_type_unsupported'];

const PROBLEM = {
  type: 'object',
  description: 'Why something was refused (RFC 9457). Facts about the refusal stand beside these fields.',
  required: ['type', 'title', 'status', 'code'],
  properties: {
    type: { type: 'string', format: 'uri-reference', description: 'The kind of problem: `/problems/<code>`.' },
    title: { type: 'string', description: 'The problem in a sentence, the same each time.' },
    status: { type: 'integer', description: 'The HTTP status.' },
    code: { type: 'string', description: 'Permanent: branch on it.' },
  },
};

/** Writes the refusals into a document. */
export function addProblems(document) {
  const known = refusals();
  const ofRoutes = refusalsOfRoutes();
  const responses = (document.components.responses = {});
  document.components.schemas.Problem = PROBLEM;
  for (const operation of Object.values(document.paths).flatMap(Object.values)) {
    const codes = [...(ofRoutes.get(operation.operationId) ?? []), ...codesOfKind(operation)];
    const all = [...new Set(codes)].map((code) => ({ code, ...known(code) }));
    for (const [status, some] of Map.groupBy(all, ({ status }) => status)) {
      const name =
        some.length < 5
          ? some
              .map(({ code }) => code)
              .toSorted()
              .join('.')
          : `${operation.operationId}_${status}`;
      const declared = operation.responses[status];
      if (declared) {
        Object.assign((declared.content ??= {}), responseOf(some).content);
        continue;
      }
      const shared = Object.entries(responses).find(([, one]) => sameCodes(one, some))?.[0] ?? name;
      responses[shared] ??= responseOf(some);
      operation.responses[status] = { $ref: `#/components/responses/${shared}` };
    }
  }
}

const codesOfKind = (operation) => [
  ...ALWAYS,
  ...(operation['x-public'] ? [] : SIGNED_IN),
  ...(operation.parameters?.some((one) => one.in === 'path') ? WITH_ID : []),
  ...(operation['x-roles'] ? WITH_ROLE : []),
  ...(operation.requestBody ? WITH_BODY : []),
];

/** Looks up what a code says. */
function refusals() {
  const ours = new Map(allRefusals().map(({ code, status, title }) => [code, { status, title }]));
  return (code) => {
    const bare = BARE[code] && { status: BARE[code][0], title: BARE[code][1] };
    const found = ours.get(code) ?? bare;
    if (!found) throw new Error(`No refusal has the code ${code}.`);
    return found;
  };
}

const codesIn = (response) => Object.keys(response.content['application/problem+json'].examples);
const sameCodes = (response, some) =>
  codesIn(response).join() ===
  some
    .map(({ code }) => code)
    .toSorted()
    .join();

function responseOf(some) {
  const sorted = some.toSorted((a, b) => (a.code < b.code ? -1 : 1));
  const codes = sorted.map(({ code }) => code);
  const example = ({ status, code, title }) => ({ value: { type: `/problems/${code}`, title, status, code } });
  return {
    description: codes.map((code) => `\`${code}\``).join(', '),
    content: {
      'application/problem+json': {
        schema: { allOf: [{ $ref: '#/components/schemas/Problem' }, { properties: { code: { enum: codes } } }] },
        examples: Object.fromEntries(sorted.map((one) => [one.code, example(one)])),
      },
    },
  };
}
