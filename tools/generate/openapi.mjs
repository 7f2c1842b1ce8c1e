// docs/openapi.json: the public API of all services as the gateway lets it through, from their decorators, their sentences and their
// calls. Runs with the TypeScript sources.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { addETags } from './openapi-etags.mjs';
import { addProblems } from './openapi-problems.mjs';
import { addExamples, addSentences } from './openapi-words.mjs';
import { ROOT } from './root.mjs';

const require = createRequire(import.meta.url);
const { describeService } = require(join(ROOT, 'libs/service-kit/src/openapi/describe.ts'));
const { mergeOpenApi } = require(join(ROOT, 'apps/gateway/src/docs/openapi.policy.ts'));
const { ROUTES, SERVICES } = require(join(ROOT, 'apps/gateway/src/routing/routes.policy.ts'));

/** What an address must look like for the service to be put together; nobody is there, and nobody is asked. */
const NOWHERE = 'postgres://nobody@127.0.0.1:1/none';

let made;

/** The document, as production has it: without the sandbox and the embedded issuer. */
export const openApi = () => (made ??= make());

/** The file. */
export const openApiFile = async () => `${JSON.stringify(await openApi(), null, 2)}\n`;

async function make() {
  const parts = [];
  for (const name of [...SERVICES.filter((name) => name !== 'sandbox'), 'gateway']) {
    const { service } = require(join(ROOT, 'apps', name, 'src/service.ts'));
    const config = Object.assign(new service.config(), { DATABASE_URL: NOWHERE });
    const document = await describeService(service, config);
    addSentences(document, name);
    parts.push({ service: name, document });
  }
  const document = mergeOpenApi(parts, ROUTES);
  addETags(document);
  addProblems(document);
  addExamples(document);
  return document;
}
