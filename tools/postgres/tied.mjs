import { spawnSync } from 'node:child_process';

let setpriv;

/** A command that gets a fast shutdown from the system when this process dies, also by kill -9, where the system can do that. */
export function tied(command) {
  setpriv ??= process.platform === 'linux' && spawnSync('setpriv', ['--pdeathsig', 'INT', 'true']).status === 0;
  return setpriv ? ['setpriv', '--pdeathsig', 'INT', ...command] : command;
}

/** What PostgreSQL sees of our environment: nothing that would change where it listens or how it speaks. */
export const childEnvironment = () => ({ PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' });
