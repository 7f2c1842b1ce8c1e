import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { CannotStart, explain } from '../postgres/cannot-start.mjs';
import { ROOT } from './settings.mjs';

/** Builds all apps and libs, quietly; nx skips what has not changed. Where nx is not installed, all is built already. */
export function build(signal) {
  const nx = join(ROOT, 'node_modules', '.bin', 'nx');
  if (!existsSync(nx)) return Promise.resolve();
  const PATH = [join(ROOT, 'node_modules', '.bin'), process.env.PATH].join(delimiter);
  const env = { ...process.env, PATH, NX_DAEMON: 'false', NX_TUI: 'false', FORCE_COLOR: '0' };
  const args = ['run-many', '-t', 'build', '--output-style=static'];
  const child = spawn(process.execPath, [nx, ...args], { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'], signal });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += text));
  return new Promise((resolve, reject) => {
    child.once('error', (error) => child.pid === undefined && reject(error));
    child.once('close', (code) => {
      if (code === 0) return resolve();
      if (signal?.aborted) return reject(signal.reason);
      if (/ENOSPC|No space left/.test(said)) return reject(explain('ENOSPC', ROOT));
      console.error(said);
      reject(new CannotStart('The build failed; what it said is above.'));
    });
  });
}
