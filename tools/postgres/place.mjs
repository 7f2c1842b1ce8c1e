import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { CannotStart, onDisk } from './cannot-start.mjs';
import { folderHash } from './claim-folder.mjs';
import { readSecrets } from './secrets.mjs';
import { isRoot, lookUp, mayEnter, unprivilegedUser } from './unprivileged.mjs';

/** Where the cluster of a data folder lies if PostgreSQL's own user can reach that folder. */
export const inside = (dataDir) => join(realpathSync(dataDir), 'postgres');

/** Where it lies if that user cannot: a place derived from the folder's name, so that the next start finds it. */
export function outside(dataDir) {
  const parents = ['/var/lib', tmpdir()];
  const homes = parents.map((parent) => join(parent, `scheduling-${folderHash(dataDir)}`));
  const parent = parents.findIndex((parent) => existsSync(parent));
  return join(homes.find((home) => existsSync(home)) ?? homes[parent], 'postgres');
}

/** Whether a folder holds a finished cluster: initdb works elsewhere and renames. */
export const isCluster = (folder) => existsSync(join(folder, 'PG_VERSION'));

/** Finds where the cluster of a data folder is, or should be made: `{ cluster, user }`, `user` only when we are root. */
export function placeCluster(dataDir, log) {
  const near = inside(dataDir);
  if (!isRoot()) {
    if (existsSync(near) && statSync(near).uid !== process.getuid()) throw ofAnother(near);
    return { cluster: near };
  }
  if (isCluster(near)) return { cluster: near, user: ownerOf(near, log) };
  const far = outside(dataDir);
  const user = isCluster(far) ? ownerOf(far, log) : unprivilegedUser();
  if (!isCluster(far) && mayEnter(user, dirname(near))) return { cluster: near, user };
  onDisk(dirname(far), () => {
    mkdirSync(dirname(far), { recursive: true });
    chmodSync(dirname(far), 0o711);
  });
  log(`PostgreSQL's user ${user.name} cannot reach ${dataDir}, so its data lies in ${dirname(far)}.`);
  return { cluster: far, user };
}

/** Refuses what we cannot use: data of another major version, data without its password, somebody else's folder. */
export function checkContent(cluster, dataDir, major) {
  if (!isCluster(cluster)) {
    if (!existsSync(cluster) || readdirSync(cluster).length === 0) return;
    throw new CannotStart(`${dataDir} holds a folder "postgres" that is not ours: set DATA_DIR to another folder.`);
  }
  const version = readFileSync(join(cluster, 'PG_VERSION'), 'utf8').trim();
  const isOurs = readSecrets(dataDir).postgres !== undefined;
  if (version === major && isOurs) return;
  const what = isOurs
    ? `data of PostgreSQL ${version}, and this is PostgreSQL ${major}`
    : 'data whose password is lost';
  throw new CannotStart(
    `${dataDir} holds ${what}: begin anew with npm start -- --reset, or set DATA_DIR to another folder.`,
  );
}

/** The cluster runs as whoever made it; what root copied is given to PostgreSQL's user first. */
function ownerOf(cluster, log) {
  const owner = lookUp(statSync(cluster).uid) ?? unprivilegedUser();
  if (statSync(cluster).uid === 0) {
    log(`Giving ${cluster} to user ${owner.name}, since PostgreSQL refuses to run as root.`);
    spawnSync('chown', ['-R', `${owner.uid}:${owner.gid}`, cluster]);
  }
  if (mayEnter(owner, cluster)) return owner;
  throw new CannotStart(
    `PostgreSQL's user ${owner.name} can no longer reach ${cluster}: let it pass through the folders above, or set DATA_DIR.`,
  );
}

const ofAnother = (cluster) =>
  new CannotStart(
    `${cluster} belongs to another user (uid ${statSync(cluster).uid}): start as that user, or set DATA_DIR.`,
  );
