// npm run check: everything that can be said about the code without running it. All steps run; the last line counts.
import { spawn } from 'node:child_process';
import { ROOT } from '../generate/root.mjs';
import { absolutePaths } from './absolute-paths.mjs';
import { dependencyAudit } from './audit.mjs';
import { licences } from './licences.mjs';
import { openApiLint } from './openapi.mjs';
import { fileSizes } from './file-sizes.mjs';
import { readmeExamples } from './readme-examples.mjs';

const node = (...args) => command(process.execPath, args);
const HOOK = ['--conditions=@scheduling/source', '--import', './tools/swc-hook.mjs'];

const STEPS = [
  ['types', node('node_modules/typescript7/bin/tsc', '-p', 'tsconfig.json')],
  ['lint', node('node_modules/oxlint/bin/oxlint', '-f', 'unix')],
  ['boundaries', node('node_modules/dependency-cruiser/bin/dependency-cruiser.mjs', 'apps', 'libs')],
  [
    'boundaries, lint, event and migration rules broken on purpose',
    node('--test', '--test-reporter=tap', 'tools/check/*.test.mjs'),
  ],
  ['formatting', node('node_modules/oxfmt/bin/oxfmt', '--check')],
  ['generated files are fresh', node('tools/generate/main.mjs', '--check')],
  ['the description of the API is sound', openApiLint],
  ['the examples of the client compile', readmeExamples],
  ['events break no consumer', node(...HOOK, 'tools/check/events.mjs')],
  ['migrations block nobody', node(...HOOK, 'tools/check/migrations.mjs')],
  ['unused exports', node('node_modules/knip/bin/knip.js', '--no-progress', '--no-config-hints')],
  ['npm ci --dry-run', command('npm', ['ci', '--dry-run', '--no-audit', '--no-fund', '--loglevel=error'])],
  ['licences', licences],
  ['known weaknesses of packages', dependencyAudit],
  ['file sizes', fileSizes],
  ['no path or registry of one machine', absolutePaths],
];

/** A program of its own: what it said, and whether all was well. */
function command(program, args) {
  return () =>
    new Promise((resolve, reject) => {
      const child = spawn(program, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
      let said = '';
      for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += text));
      child.once('error', reject);
      child.once('close', (code) => resolve({ ok: code === 0, said }));
    });
}

/** The tests that a step ran, as TAP counts them. */
const tests = (said, word) => Number(said.match(new RegExp(`^# ${word} (\\d+)$`, 'm'))?.[1] ?? 0);

let passed = 0;
let failed = 0;
for (const [name, run] of STEPS) {
  const began = performance.now();
  const { ok, said = '', note } = await run().catch((error) => ({ ok: false, said: String(error.stack) }));
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  const [good, bad] = [tests(said, 'pass'), tests(said, 'fail')];
  passed += good + (ok ? 1 : 0);
  failed += bad + (ok ? 0 : 1);
  console.log(`${ok ? 'ok    ' : 'FAILED'} ${name}${good + bad > 0 ? `, ${good + bad} tests` : ''} (${seconds} s)`);
  if (note) console.log(`       ${note}`);
  if (!ok) console.log(said.trimEnd().replace(/^/gm, '       '));
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
