import { spawn, spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { CannotStart } from '../postgres/cannot-start.mjs';

/**
 * buildah, podman and runc (Debian's packages) as root, with images and containers of their own in `folder`: `{ buildah, podman,
 * remove }`, each of which runs a command and answers what it said.
 */
export function engine(folder, signal) {
  const place = ['--root', join(folder, 'store'), '--runroot', join(folder, 'run')];
  const store = [...place, '--storage-driver', driverFor(place)];
  // crun needs cgroups of version 2; the events of a daemon that is not there go to a file.
  const running = ['--cgroup-manager', 'cgroupfs', '--events-backend', 'file', '--runtime', 'runc'];
  return {
    buildah: (...args) => command('buildah', [...store, ...args], signal),
    podman: (...args) => command('podman', [...store, ...running, ...args], signal),
    // What was begun is cleaned up even when we are told to stop.
    remove: (name) => command('podman', [...store, ...running, 'rm', '--force', '--time', '1', name]),
  };
}

/** Removes images and containers with their folder, in which buildah leaves mounted what it has read from. */
export async function forget(folder) {
  await command('umount', ['--recursive', join(folder, 'store', 'overlay')]).catch(() => undefined);
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}

/** Layers upon each other, where this machine can; else each is a copy of all below it, which takes long and much room. */
function driverFor(place) {
  const { status } = spawnSync('buildah', [...place, '--storage-driver', 'overlay', 'images'], { stdio: 'ignore' });
  return status === 0 ? 'overlay' : 'vfs';
}

/** Runs a program to its end; answers what it wrote to stdout, and fails with the end of all that it said. */
export function command(program, args, signal) {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], signal });
  let [answer, said] = ['', ''];
  child.stdout.on('data', (text) => {
    answer += text;
    said += text;
  });
  child.stderr.on('data', (text) => (said += text));
  return new Promise((resolve, reject) => {
    child.once('error', (error) => {
      if (child.pid === undefined && error.code === 'ENOENT')
        reject(new CannotStart(`${program} is not here: apt-get install buildah podman runc debootstrap.`));
      else if (child.pid === undefined) reject(error);
    });
    child.once('close', (code) => {
      if (code === 0) return resolve(answer.trim());
      if (signal?.aborted) return reject(signal.reason);
      reject(new Error(`${program} ended with ${code}:\n${said.slice(-4000)}`));
    });
  });
}
