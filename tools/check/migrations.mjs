// Fails where a migration would block the version that runs beside it, or take away what that one uses. What landed before this rule was
// made is frozen: migrations.json names each such rule with the reason why it does no harm there.
// Runs with the TypeScript sources, by tools/swc-hook.mjs.
import { globSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ROOT } from '../generate/root.mjs';
import { releases } from '../upgrade/fixture.mjs';
import { judge } from './migration-exemptions.mjs';

const require = createRequire(join(ROOT, 'package.json'));

/** The migrations in files of this pattern, the oldest first. */
const migrationsIn = (pattern) =>
  globSync(pattern, { cwd: ROOT })
    .flatMap((file) => Object.values(require(join(ROOT, file))))
    .map((Step) => ({ name: Step.name, step: new Step() }))
    .map(({ name, step }) => ({ name, sql: step.sql, isAlone: step.transaction === false }))
    .toSorted((a, b) => a.name.slice(-13).localeCompare(b.name.slice(-13)));

const inAll = migrationsIn('libs/persistence/src/*.migration.ts');
const schemas = globSync('apps/*/src/migrations', { cwd: ROOT }).map((folder) => migrationsIn(`${folder}/*.ts`));
const exemptions = JSON.parse(readFileSync(join(ROOT, 'tools/check/migrations.json'), 'utf8'));

const complaints = judge([inAll, ...schemas], exemptions, releases());
complaints.forEach((complaint) => console.error(complaint));
process.exitCode = complaints.length > 0 ? 1 : 0;
