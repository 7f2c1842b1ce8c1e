// Has calendar files of libs/invitations read by two programs that are not ours, ical.js and Debian's python3-icalendar, and compares
// what they read with what was written: hostile names and links, long lines, the weeks in which clocks change.
//   node tools/with-node.mjs tools/ics/main.mjs [--files N] [--seed N] [--tampered]
// --tampered changes each file a little after it was written, and must fail.
import { spawnSync } from 'node:child_process';
import { ROOT } from '../generate/root.mjs';

/** So that the sources of our libs can be loaded. */
const SOURCES = ['--conditions=@scheduling/source', '--import', './tools/swc-hook.mjs'];

if (process.execArgv.includes(SOURCES[0])) {
  await import('./run.mjs');
} else {
  const args = [...SOURCES, import.meta.filename, ...process.argv.slice(2)];
  const env = { ...process.env, TZ: 'UTC' };
  const { status } = spawnSync(process.execPath, args, { cwd: ROOT, stdio: 'inherit', env });
  process.exitCode = status ?? 1;
}
