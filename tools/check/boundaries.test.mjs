// Each boundary rule is broken once, on purpose, in a small tree laid out like this repository.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, it } from 'node:test';
import { cruise } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import { ROOT } from '../generate/root.mjs';
import { CLEAN, FIXTURES } from './boundary-fixtures.mjs';

const { forbidden, options } = createRequire(import.meta.url)(join(ROOT, '.dependency-cruiser.cjs'));
const { exports } = JSON.parse(readFileSync(join(ROOT, 'libs/domain/package.json'), 'utf8'));
const rules = forbidden.map(({ name }) => name);
const LIBS = ['domain', 'contracts', 'time', 'invitations', 'persistence', 'events', 'service-kit', 'testing'];
const PACKAGES = ['@nestjs/common', 'kafkajs', 'pg', 'rrule', 'typeorm'];

const folders = [];
after(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

function write(folder, files) {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** A repository in little: every lib with its export condition, and stand-ins for the packages that rules name. */
function repository(files) {
  const folder = mkdtempSync(join(tmpdir(), 'boundaries-'));
  folders.push(folder);
  mkdirSync(join(folder, 'node_modules/@scheduling'), { recursive: true });
  for (const lib of LIBS) {
    write(folder, {
      [`libs/${lib}/package.json`]: JSON.stringify({ name: `@scheduling/${lib}`, exports }),
      [`libs/${lib}/src/index.ts`]: 'export const nothing = 1;\n',
    });
    symlinkSync(`../../libs/${lib}`, join(folder, 'node_modules/@scheduling', lib));
  }
  for (const name of PACKAGES) {
    write(folder, {
      [`node_modules/${name}/package.json`]: JSON.stringify({ name, main: 'index.js' }),
      [`node_modules/${name}/index.js`]: '',
    });
  }
  write(folder, { 'package.json': '{}', 'tsconfig.json': readFileSync(join(ROOT, 'tsconfig.base.json'), 'utf8') });
  write(folder, { 'apps/booking/src/main.ts': '', ...files });
  return folder;
}

/** The names of the rules that a tree breaks. */
async function broken(files) {
  const baseDir = repository(files);
  const { enhancedResolveOptions, tsConfig: _, ...rest } = options;
  const { output } = await cruise(
    ['apps', 'libs'],
    { ...rest, baseDir, validate: true, ruleSet: { forbidden } },
    enhancedResolveOptions,
    { tsConfig: extractTSConfig(join(baseDir, 'tsconfig.json')) },
  );
  return [...new Set(output.summary.violations.map(({ rule }) => rule.name))];
}

describe('the boundaries', () => {
  it('let a clean tree pass', async () => {
    assert.deepEqual(await broken(CLEAN), []);
  });

  it('are each broken once below, and nothing else is', () => {
    assert.deepEqual(Object.keys(FIXTURES).toSorted(), rules.toSorted());
  });

  for (const [rule, files] of Object.entries(FIXTURES)) {
    it(`see where ${rule} is broken`, async () => {
      assert.deepEqual(await broken(files), [rule]);
    });
  }
});
