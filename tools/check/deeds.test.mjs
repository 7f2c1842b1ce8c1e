// What tools/audit/deeds.mjs says of the audit trail is compared with the routes that there are and the actions that the code writes.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { DEEDS } from '../audit/deeds.mjs';
import { ROOT } from '../generate/root.mjs';

const CHANGING = ['post', 'put', 'patch', 'delete'];
const { paths } = JSON.parse(readFileSync(join(ROOT, 'docs/openapi.json'), 'utf8'));
const routes = Object.entries(paths).flatMap(([path, methods]) =>
  CHANGING.filter((method) => methods[method]).map(
    (method) => `${method.toUpperCase()} ${path.replace('/api/v1', '')}`,
  ),
);

/** All code below a folder, without tests. */
const codeIn = (folder) =>
  readdirSync(join(ROOT, folder), { recursive: true })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts') && /(^|\/)src\//.test(`${folder}/${file}`))
    .map((file) => readFileSync(join(ROOT, folder, file), 'utf8'))
    .join('\n');
const calls = [...codeIn('apps').matchAll(/\baudit\(tx, \{ action: (?<action>[^}]*?), subject/gs)];
const written = new Set(
  calls.flatMap(({ groups }) => [...groups.action.matchAll(/'([A-Z]\w+)'/g)].map(([, name]) => name)),
);
const stated = new Set([...codeIn('libs/contracts').matchAll(/@EventType<(\w+)>/g)].map(([, name]) => name));
const promised = Object.values(DEEDS).flatMap((actions) => actions ?? []);

describe('the audit trail', () => {
  it('has a word for each route that can change something, and for no other', () => {
    const words = Object.keys(DEEDS).filter((route) => !route.startsWith('GET '));
    assert.deepEqual(words.toSorted(), routes.toSorted());
  });

  it('is promised only what the code writes or states', () => {
    assert.deepEqual(
      promised.filter((action) => !written.has(action) && !stated.has(action)),
      [],
    );
  });

  it('is promised all that the code writes in it', () => {
    assert.deepEqual(
      [...written].filter((action) => !promised.includes(action)),
      [],
    );
  });
});
