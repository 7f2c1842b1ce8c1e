import { existsSync } from 'node:fs';
import { isPostgresOn, readPidFile } from './left-behind.mjs';
import { inside, isCluster, outside } from './place.mjs';
import { readSecrets } from './secrets.mjs';
import { urlOf } from './start-postgres.mjs';

/** The administrator's address of the PostgreSQL that runs on a data folder; undefined when none does. */
export function runningUrl(dataDir, database) {
  const cluster = [inside(dataDir), outside(dataDir)].find((place) => existsSync(place) && isCluster(place));
  const found = cluster && readPidFile(cluster);
  if (!found?.ready || !isPostgresOn(cluster, found.pid)) return undefined;
  return urlOf(readSecrets(dataDir).postgres, found.port, database);
}
