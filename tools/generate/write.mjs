// Makes every generated file in memory, then writes it, or with --check compares it with what is there.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { accessPage } from './access-page.mjs';
import { asyncApi } from './asyncapi.mjs';
import { clientTypes, keyedRoutes } from './client.mjs';
import { configurationPage } from './configuration-page.mjs';
import { dashboards } from './dashboards/grafana.mjs';
import { envExample } from './env-example.mjs';
import { errorsPage } from './errors-page.mjs';
import { eventsPage } from './events-page.mjs';
import { mailLayout } from './mail-layout.mjs';
import { metricsPage } from './metrics-page.mjs';
import { openApi, openApiFile } from './openapi.mjs';
import { prometheusRules } from './prometheus-rules.mjs';
import { release } from './released.mjs';
import { ROOT } from './root.mjs';
import { events } from './schemas.mjs';

const args = process.argv.slice(2);
const unknown = args.find((arg) => !['--check', '--release'].includes(arg));
if (unknown) throw new Error(`npm run generate does not know ${unknown}; it knows --check and --release.`);

const all = events();
const makers = {
  'docs/events.md': () => eventsPage(all),
  'docs/asyncapi.yaml': () => asyncApi(all),
  'docs/errors.md': () => errorsPage(),
  'docs/openapi.json': () => openApiFile(),
  'docs/access.md': () => openApi().then(accessPage),
  'libs/client/src/generated/api.ts': () => clientTypes(),
  'libs/client/src/generated/keyed.ts': () => keyedRoutes(),
  '.env.example': () => envExample(),
  'docs/configuration.md': () => configurationPage(),
  'docs/metrics.md': () => metricsPage(),
  ...dashboards,
  'k8s/base/monitoring/alerts.yaml': () => prometheusRules(),
  'apps/notification/src/templates/layout.html': () => mailLayout(),
};

const files = new Map();
let failed = false;
const fail = (sentence) => {
  failed = true;
  console.error(sentence);
};

for (const [path, make] of Object.entries(makers)) {
  try {
    files.set(path, await make());
  } catch (error) {
    fail(`${path}: ${error.message}`);
  }
}
if (args.includes('--release')) {
  try {
    release(all).forEach((text, path) => files.set(path, text));
  } catch (error) {
    fail(error.message);
  }
}

for (const [path, text] of files) {
  if (present(path) === text) continue;
  if (args.includes('--check')) {
    fail(`${path} is stale: run npm run generate.`);
    continue;
  }
  mkdirSync(dirname(join(ROOT, path)), { recursive: true });
  writeFileSync(join(ROOT, path), text);
  console.log(`wrote ${path}`);
}
process.exitCode = failed ? 1 : 0;

function present(path) {
  try {
    return readFileSync(join(ROOT, path), 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}
