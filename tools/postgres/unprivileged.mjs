import { spawnSync } from 'node:child_process';
import { CannotStart } from './cannot-start.mjs';

/** Whether this process is root, as whom PostgreSQL refuses to run. */
export const isRoot = () => process.getuid?.() === 0;

/** The options of spawn that make a child run as `user`, in a folder that every user can enter. */
export const as = (user) => ({ cwd: '/', ...(user && { uid: user.uid, gid: user.gid }) });

/** The user whom PostgreSQL runs as when we are root: `postgres`, made if there is none, else `nobody`. */
export function unprivilegedUser() {
  const user = lookUp('postgres') ?? made() ?? lookUp('nobody');
  if (user && canBecome(user)) return user;
  throw new CannotStart(
    'PostgreSQL refuses to run as root, and this system offers no other user: start as another user.',
  );
}

/** The user with this name or uid; undefined if there is none, or if it is root again. */
export function lookUp(name) {
  const ids = ['-un', '-u', '-g'].map((flag) => spawnSync('id', [flag, String(name)], { encoding: 'utf8' }));
  if (ids.some(({ status }) => status !== 0) || Number(ids[1].stdout) === 0) return undefined;
  return { name: ids[0].stdout.trim(), uid: Number(ids[1].stdout), gid: Number(ids[2].stdout) };
}

/** Whether `user` may pass into a folder. */
export const mayEnter = (user, folder) =>
  spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], { ...as(user), stdio: 'ignore' }).status === 0;

const canBecome = (user) => spawnSync('/bin/sh', ['-c', 'exit 0'], as(user)).status === 0;

function made() {
  spawnSync('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres']);
  return lookUp('postgres');
}
