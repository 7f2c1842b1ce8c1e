import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ROOT } from '../start/settings.mjs';

const { Client, escapeIdentifier } = createRequire(join(ROOT, 'package.json'))('pg');

/** Follows the trail of one schema by `verifyTrail` of libs/persistence, all of it as it is at one instant. */
export async function verify(verifyTrail, { schema, url, heads }) {
  // `postgresql+asyncpg://` is how the specification's environment writes it.
  const client = new Client({ connectionString: url.replace(/^(postgres(?:ql)?)\+\w+:/, '$1:') });
  await client.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    await client.query(`set local search_path to ${escapeIdentifier(schema)}`);
    return await verifyTrail(async (text, values) => (await client.query(text, values)).rows, heads);
  } finally {
    await client.end();
  }
}
