import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { binaries } from './binaries.mjs';
import { claimFolder } from './claim-folder.mjs';
import { checkDisk, makeCluster } from './cluster.mjs';
import { stopLeftBehind } from './left-behind.mjs';
import { checkContent, isCluster, placeCluster } from './place.mjs';
import { secret } from './secrets.mjs';
import { launch } from './server.mjs';

/**
 * Starts the embedded PostgreSQL of a data folder, making its cluster the first time: `{ url, port, ended, stop }`.
 * `url` is the administrator's; `ended` is a promise of how it ended; every reason not to start is a `CannotStart`.
 * `claim` is the caller's own claim of the folder, which `stop` releases.
 */
export async function startPostgres({ dataDir, log, settings = {}, signal, claim }) {
  const claimed = claim ?? (await claimFolder(dataDir));
  try {
    const server = await start({ dataDir: realpathSync(dataDir), log, settings, signal });
    return { ...server, stop: () => server.stop().finally(claimed.release) };
  } catch (error) {
    await claimed.release();
    throw error;
  }
}

async function start({ dataDir, log, settings, signal }) {
  const { cluster, user } = placeCluster(dataDir, log);
  const programs = binaries(user, log);
  checkContent(cluster, dataDir, programs.major);
  await stopLeftBehind(cluster, log);
  checkDisk(cluster, dataDir);
  const password = secret(dataDir, 'postgres');
  if (!isCluster(cluster)) {
    log('Making the database; only the first start does this');
    await makeCluster({ cluster, user, programs, password, dataDir, sync: settings.fsync !== 'off', signal });
  }
  const logFile = join(dataDir, 'postgres.log');
  const server = await launch({ cluster, user, programs, settings, logFile, dataDir, signal });
  return { ...server, url: urlOf(password, server.port) };
}

/** The administrator's address of the embedded PostgreSQL. */
export const urlOf = (password, port, database = 'postgres') =>
  `postgres://postgres:${password}@127.0.0.1:${port}/${database}`;
