// Compares our starts of random rules with python-dateutil's (Debian: python3-dateutil), over every change of thirty zones' clocks from
// 2025 to 2027.
//   node tools/with-node.mjs tools/conformance/main.mjs [--pairs N | --full] [--seed N] [--tampered]
// --full is every rule with every zone, 42,000 pairs; --tampered lets dateutil take the second of a repeated hour, and must fail.
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
