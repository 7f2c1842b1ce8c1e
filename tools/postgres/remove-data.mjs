import { existsSync, realpathSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CannotStart, onDisk } from './cannot-start.mjs';
import { stopLeftBehind } from './left-behind.mjs';
import { inside, isCluster, outside } from './place.mjs';
import { secretsFile } from './secrets.mjs';

/** What we put into a data folder; nothing else in it is ever touched. */
const OURS = ['postgres', 'postgres.new', 'postgres.password', 'postgres.log', 'secrets.json', 'secrets.json.new'];

/** Removes all that an earlier start kept in a claimed data folder, or refuses what does not look like ours. */
export async function removeData(dataDir, log) {
  const near = inside(dataDir);
  const far = outside(dataDir);
  if (existsSync(near) && !isCluster(near) && !existsSync(secretsFile(dataDir))) {
    throw new CannotStart(`${dataDir} does not look like a data folder of ours: nothing was removed.`);
  }
  for (const cluster of [near, far]) await stopLeftBehind(cluster, log);
  onDisk(dataDir, () => {
    for (const name of OURS) rmSync(join(realpathSync(dataDir), name), { recursive: true, force: true });
    rmSync(dirname(far), { recursive: true, force: true });
  });
}
