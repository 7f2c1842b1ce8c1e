import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { CannotStart } from './cannot-start.mjs';

/** What a PostgreSQL says of itself in its folder: `{ pid, port, ready }`; undefined when there is no such file. */
export function readPidFile(cluster) {
  const file = join(cluster, 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  const lines = readFileSync(file, 'utf8').split('\n');
  return { pid: Number(lines[0]), port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' };
}

/** Whether a process lives and is a PostgreSQL on this folder: its number alone may by now be another's. */
export function isPostgresOn(cluster, pid) {
  return isAlive(pid) && commandOf(pid).includes(cluster);
}

/** Stops a PostgreSQL that a killed host left behind on this folder, as cleanly as it allows. */
export async function stopLeftBehind(cluster, log) {
  const found = readPidFile(cluster);
  if (!found || !isAlive(found.pid)) return; // PostgreSQL knows what to do with the file of a dead one
  if (!isPostgresOn(cluster, found.pid)) return rmSync(join(cluster, 'postmaster.pid'));
  log('Stopping a PostgreSQL that was left behind');
  for (const [signal, seconds] of [
    ['SIGINT', 10],
    ['SIGQUIT', 5],
    ['SIGKILL', 5],
  ]) {
    if (isAlive(found.pid)) process.kill(found.pid, signal);
    const until = Date.now() + seconds * 1000;
    while (isPostgresOn(cluster, found.pid) && Date.now() < until) await pause(20);
    if (!isPostgresOn(cluster, found.pid)) return;
  }
  throw new CannotStart(
    `A PostgreSQL that was left behind (process ${found.pid}) does not stop: end it, then start again.`,
  );
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function commandOf(pid) {
  if (existsSync('/proc/self/cmdline')) {
    const file = `/proc/${pid}/cmdline`;
    return existsSync(file) ? readFileSync(file, 'utf8').replaceAll('\0', ' ') : '';
  }
  return spawnSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout ?? '';
}
