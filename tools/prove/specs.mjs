import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from '../start/settings.mjs';

/** Runs tests that `npm test` runs as well, as large as `env` says; answers a check for each. */
export async function specs({ app = 'booking', names }, env, signal) {
  console.log(`\n${names.join(' and ')}, ${JSON.stringify(env)}`);
  const jest = join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');
  const files = names.map((name) => join('test', `${name}\\.spec`));
  const child = spawn(process.execPath, [jest, '--selectProjects', app, '--testPathPatterns', ...files], {
    cwd: ROOT,
    env: { ...process.env, ...env },
    signal,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (text) => {
      said += text;
      process.stdout.write(text);
    });
  }
  await new Promise((resolve, reject) => child.once('close', resolve).once('error', reject));
  const [, passed, failed] = /^(\d+) passed, (\d+) failed$/m.exec(said) ?? ['', 0, 1];
  const many = (times, ok) => Array.from({ length: Number(times) }, () => ({ ok }));
  return [...many(passed, true), ...many(failed, false)];
}
