// The lint rules that carry a law of the house, each broken once on purpose with our own configuration.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, it } from 'node:test';
import { ROOT } from '../generate/root.mjs';

const folder = mkdtempSync(join(tmpdir(), 'lint-'));
after(() => rmSync(folder, { recursive: true, force: true }));
copyFileSync(join(ROOT, '.oxlintrc.json'), join(folder, '.oxlintrc.json'));
symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
writeFileSync(join(folder, 'tsconfig.json'), '{ "compilerOptions": { "strict": true, "types": [] } }');

/** The rules that one file breaks. */
function broken(path, text) {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  const args = [join(ROOT, 'node_modules/oxlint/bin/oxlint'), '-f', 'json', file];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  assert.match(stdout, /^\s*\{/, stderr);
  return [...new Set(JSON.parse(stdout).diagnostics.map(({ code }) => code))];
}

const lines = (count) => `${'// a line\n'.repeat(count - 1)}export const last = 1;\n`;
const parameters = (...names) =>
  `export const f = (${names.map((name) => `${name}: number`).join(', ')}): number => a;\n`;
const nested = (depth) =>
  `export function f(n: number): number {\n${'if (n > 1) {\n'.repeat(depth)}return n;\n${'}\n'.repeat(depth)}return 1;\n}\n`;
const calendar = (path) => `import { calendar } from '${path}';\n\nexport const found = calendar;\n`;
const ENV = "export const port = process.env['PORT'];\n";

const LAWS = [
  ['a file of more than 250 lines', 'eslint(max-lines)', lines(250), lines(251)],
  ['any', 'typescript(no-explicit-any)', 'export const a: unknown = 1;\n', 'export const a: any = 1;\n'],
  [
    'more than five parameters',
    'eslint(max-params)',
    parameters('a', '_b', '_c', '_d', '_e'),
    parameters('a', '_b', '_c', '_d', '_e', '_f'),
  ],
  ['nesting deeper than four', 'eslint(max-depth)', nested(4), nested(5)],
  [
    "googleapis' barrel",
    'eslint(no-restricted-imports)',
    calendar('googleapis/build/src/apis/calendar'),
    calendar('googleapis'),
  ],
  [
    'another deep import of googleapis',
    'eslint(no-restricted-imports)',
    calendar('googleapis/build/src/apis/calendar'),
    calendar('googleapis/build/src/apis/drive'),
  ],
  [
    'a promise that nobody awaits',
    'typescript(no-floating-promises)',
    'export const f = async (): Promise<void> => {\n  await Promise.resolve();\n};\n',
    'export function f(): void {\n  Promise.resolve();\n}\n',
  ],
  [
    'a promise where a truth is asked for',
    'typescript(no-misused-promises)',
    'export const f = async (p: Promise<boolean>): Promise<number> => ((await p) ? 1 : 2);\n',
    'export function f(p: Promise<boolean>): number {\n  if (p) return 1;\n  return 2;\n}\n',
  ],
  [
    'an empty catch',
    'eslint(no-empty)',
    'export const f = (): number => 1;\n',
    'export function f(): void {\n  try {\n    JSON.parse("x");\n  } catch {}\n}\n',
  ],
];

describe('the linter', () => {
  for (const [law, rule, good, bad] of LAWS) {
    it(`refuses ${law}, and lets what is right pass`, () => {
      assert.deepEqual(broken('apps/booking/src/good.ts', good), []);
      assert.deepEqual(broken('apps/booking/src/bad.ts', bad), [rule]);
    });
  }

  it('refuses process.env outside of read-config and tools', () => {
    assert.deepEqual(broken('apps/booking/src/env.ts', ENV), ['node(no-process-env)']);
    assert.deepEqual(broken('libs/service-kit/src/read-config.ts', ENV), []);
    assert.deepEqual(broken('tools/env.mjs', ENV), []);
  });
});
