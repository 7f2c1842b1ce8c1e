import { execFileSync } from 'node:child_process';
import { cpus, totalmem } from 'node:os';
import { ROOT } from '../start/settings.mjs';

/** In one line on what machine, with what, and when. */
export async function machine(house) {
  const { rows } = await house.query("select current_setting('server_version') as version");
  const cores = cpus();
  return [
    `${cores.length} × ${cores[0]?.model.trim()}`,
    `${Math.round(totalmem() / 2 ** 30)} GB`,
    `Node ${process.versions.node}`,
    `PostgreSQL ${rows[0].version}`,
    `commit ${commit()}`,
    new Date().toISOString().slice(0, 10),
  ].join(', ');
}

function commit() {
  const git = (...args) =>
    execFileSync('git', args, { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  try {
    const changed = git('status', '--porcelain').trim() === '' ? '' : ' with changes';
    return git('rev-parse', '--short', 'HEAD').trim() + changed;
  } catch {
    return 'unknown';
  }
}
