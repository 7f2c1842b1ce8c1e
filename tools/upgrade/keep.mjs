// node tools/with-node.mjs tools/upgrade/keep.mjs <name> [--from <folder> --commit <hash>]: keeps what a release makes of its own story, so
// that every later version can be shown to take it over. `--from` is a built checkout of an older version, else this one is kept.
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runningUrl } from '../postgres/running-url.mjs';
import { DATABASE, ROOT } from '../start/settings.mjs';
import { Opened } from '../start/opened.mjs';
import { stopSignal } from '../start/stop-signal.mjs';
import { keepRelease } from './fixture.mjs';
import { playStory, startVersion } from './played.mjs';
import { leaveStanding } from './standing.mjs';
import { rowsOf, shapeOf, stepsOf } from './rows.mjs';

const { Client } = createRequire(join(ROOT, 'package.json'))('pg');
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { from: { type: 'string', default: ROOT }, commit: { type: 'string' } },
});
const [name] = positionals;
if (!/^[\w.-]+$/.test(name ?? '')) throw new Error('Say what the release is called: keep.mjs <name>.');

const { signal } = stopSignal();
const opened = new Opened();
const dataDir = mkdtempSync(join(tmpdir(), 'scheduling-keep-'));
chmodSync(dataDir, 0o711); // PostgreSQL's own user passes through it when we are root
opened.add('the folder', async () => rmSync(dataDir, { recursive: true, force: true, maxRetries: 3 }));
try {
  const commit =
    values.commit ?? execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: ROOT, encoding: 'utf8' });
  const gateway = await startVersion(values.from, dataDir, opened, signal);
  const { ok, said } = await playStory(values.from, gateway, signal);
  if (!ok) throw new Error(`The story of ${name} does not hold:\n${said}`);
  await leaveStanding(gateway, signal);
  const schemas = await dump(runningUrl(dataDir, DATABASE));
  keepRelease({ name, commit: commit.trim(), kept_at: new Date().toISOString(), schemas });
  const rows = Object.values(schemas).flatMap(({ tables }) => Object.values(tables));
  console.log(
    `${name}: ${rows.reduce((sum, one) => sum + one.length, 0)} rows of ${rows.length} tables are kept; now npm run format`,
  );
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  await opened.close();
}
process.exit();

/** All of it as it is at one instant. */
async function dump(url) {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    const { rows } = await client.query(
      "select nspname as schema from pg_namespace where nspname !~ '^pg_' and nspname not in ('information_schema', 'public') order by 1",
    );
    const schemas = {};
    for (const { schema } of rows) {
      const kept = { steps: await stepsOf(client, schema), shape: await shapeOf(client, schema) };
      schemas[schema] = { ...kept, ...(await rowsOf(client, schema)) };
    }
    return schemas;
  } finally {
    await client.end();
  }
}
