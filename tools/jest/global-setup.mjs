import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { claimFolder } from '../postgres/claim-folder.mjs';
import { removeData } from '../postgres/remove-data.mjs';
import { startPostgres } from '../postgres/start-postgres.mjs';

const PREFIX = 'scheduling-test-';
const HOUR = 3_600_000;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Nothing of a test outlives its run, so nothing has to reach the disk. */
const SETTINGS = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: 200 };

/** Starts one PostgreSQL for all test files, unless TEST_DATABASE_URL names one. */
export default async function globalSetup() {
  process.env.DEEDS_FILE ??= join(mkdtempSync(join(tmpdir(), 'scheduling-deeds-')), 'deeds.ndjson');
  process.env.CONTRACT_FILE ??= join(mkdtempSync(join(tmpdir(), 'scheduling-answers-')), 'answers.ndjson');
  if (process.env.TEST_DATABASE_URL) return;
  await sweep();
  const dataDir = mkdtempSync(join(tmpdir(), PREFIX));
  chmodSync(dataDir, 0o711);
  const remove = () => rmSync(dataDir, { recursive: true, force: true });
  try {
    const server = await startPostgres({ dataDir, log: () => {}, settings: SETTINGS });
    process.env.TEST_DATABASE_URL = server.url;
    globalThis.testPostgres = { stop: stopOnce(() => server.stop().finally(remove)) };
  } catch (error) {
    remove();
    throw error;
  }
}

/** A run that is broken off skips the teardown: its signal, which may come twice, does the same work. */
function stopOnce(stop) {
  let stopping;
  const brokenOff = (signal) => (stopping ??= stop().finally(() => process.exit(128 + constants.signals[signal])));
  for (const signal of SIGNALS) process.on(signal, brokenOff);
  return () => {
    for (const signal of SIGNALS) process.removeListener(signal, brokenOff);
    return stopping ?? stop();
  };
}

/** Removes what runs that were killed have left: folders that no process claims. */
async function sweep() {
  for (const name of readdirSync(tmpdir()).filter((name) => name.startsWith(PREFIX))) {
    const dataDir = join(tmpdir(), name);
    const folder = statSync(dataDir, { throwIfNoEntry: false });
    if (folder?.uid !== process.getuid() || Date.now() - folder.mtimeMs < HOUR) continue;
    const claim = await claimFolder(dataDir).catch(() => undefined);
    if (!claim) continue;
    await removeData(dataDir, () => {});
    await claim.release();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
