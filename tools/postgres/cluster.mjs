import { spawn } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, renameSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { CannotStart, explain, onDisk } from './cannot-start.mjs';
import { childEnvironment, tied } from './tied.mjs';
import { as } from './unprivileged.mjs';

/** PostgreSQL fills about 60 MB at first, and needs room for its log of changes. */
const NEEDED_BYTES = 200_000_000;

/** Refuses a disk that is nearly full, before PostgreSQL meets its end in the middle of a write. */
export function checkDisk(cluster, dataDir) {
  const { bavail, bsize } = statfsSync(dirname(cluster));
  if (bavail * bsize >= NEEDED_BYTES) return;
  throw new CannotStart(
    `The disk that holds ${dataDir} is nearly full: PostgreSQL needs ${NEEDED_BYTES / 1e6} MB free.`,
  );
}

/** Makes a new cluster; it appears whole, by a rename, so that one broken off in the middle is simply made again. */
export async function makeCluster({ cluster, user, programs, password, dataDir, sync, signal }) {
  const fresh = `${cluster}.new`;
  const passwordFile = `${cluster}.password`;
  onDisk(dataDir, () => {
    rmSync(fresh, { recursive: true, force: true });
    mkdirSync(fresh, { mode: 0o700 });
    writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
    if (user) for (const path of [fresh, passwordFile]) chownSync(path, user.uid, user.gid);
  });
  try {
    const args = ['-D', fresh, '--username=postgres', `--pwfile=${passwordFile}`, '--auth=scram-sha-256', ...LOCALE];
    await run(programs.initdb, sync ? args : [...args, '--no-sync'], { user, dataDir, signal });
    if (existsSync(cluster)) rmSync(cluster, { recursive: true });
    renameSync(fresh, cluster);
  } finally {
    rmSync(passwordFile, { force: true });
    rmSync(fresh, { recursive: true, force: true });
  }
}

/** PostgreSQL's own Unicode rules: the same on every machine, whatever locales it has. */
const LOCALE = [
  '--no-instructions',
  '--encoding=UTF8',
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
];

function run(program, args, { user, dataDir, signal }) {
  const [command, ...rest] = tied([program, ...args]);
  const options = { ...as(user), env: childEnvironment(), stdio: ['ignore', 'pipe', 'pipe'], detached: true, signal };
  const child = spawn(command, rest, options);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += text));
  return new Promise((resolve, reject) => {
    // Broken off, it fails at once but ends a little later: what it writes can be removed only then.
    child.once('error', (error) => child.pid === undefined && reject(error));
    child.once('close', (code) => (code === 0 ? resolve() : reject(signal?.reason ?? explain(said, dataDir))));
  });
}
