import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from '../start/settings.mjs';

/** Compares every rule with every zone against python-dateutil; answers a check for each pair. */
export async function conformance(seed, signal) {
  console.log('\nrules against python-dateutil');
  const tool = join(ROOT, 'tools', 'conformance', 'main.mjs');
  const child = spawn(process.execPath, [tool, '--full', '--seed', String(seed)], {
    signal,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (text) => {
    said += text;
    process.stdout.write(text);
  });
  await new Promise((resolve, reject) => child.once('close', resolve).once('error', reject));
  const [, passed, failed] = /^(\d+) passed, (\d+) failed$/m.exec(said) ?? ['', 0, 1];
  const many = (times, ok) => Array.from({ length: Number(times) }, () => ({ ok }));
  return [...many(passed, true), ...many(failed, false)];
}
