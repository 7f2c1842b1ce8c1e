import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { ROOT } from '../start/settings.mjs';

const RELEASED = join(ROOT, 'tools', 'upgrade', 'released');

/** The names of the releases whose data is kept, the oldest first. */
export const releases = () => readdirSync(RELEASED).toSorted();

/** Keeps what a release made: what it is in `release.json`, the rows of each schema beside it, a JSON line each. */
export function keepRelease({ name, schemas, ...about }) {
  const folder = join(RELEASED, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const summary = {};
  for (const [schema, { tables, ...rest }] of Object.entries(schemas)) {
    const counts = Object.fromEntries(Object.entries(tables).map(([table, rows]) => [table, rows.length]));
    summary[schema] = { ...rest, rows: counts };
    const lines = Object.entries(tables).flatMap(([table, rows]) => rows.map((row) => `${table} ${row}\n`));
    writeFileSync(join(folder, `${schema}.jsonl.gz`), gzipSync(lines.join(''), { level: 9 }));
  }
  writeFileSync(join(folder, 'release.json'), `${JSON.stringify({ ...about, schemas: summary }, null, 2)}\n`);
}

/** Reads what a release left: `schemas` by name, each with its steps, its shape, its sequences and its rows by table. */
export function readRelease(name) {
  const folder = join(RELEASED, name);
  const release = JSON.parse(readFileSync(join(folder, 'release.json'), 'utf8'));
  for (const [schema, one] of Object.entries(release.schemas)) {
    const file = join(folder, `${schema}.jsonl.gz`);
    one.tables = {};
    for (const line of existsSync(file) ? gunzipSync(readFileSync(file)).toString().split('\n') : []) {
      const end = line.indexOf(' ');
      if (end > 0) (one.tables[line.slice(0, end)] ??= []).push(line.slice(end + 1));
    }
  }
  return { name, ...release };
}
