// npm run keys:rotate: seals what calendar-sync keeps of tokens under the first key of CALENDAR_TOKEN_KEYS, so that the others can be
// taken out. It runs beside the service: DATABASE_URL is where calendar-sync's own role signs in; without one the embedded system's is meant.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { CannotStart } from '../postgres/cannot-start.mjs';
import { runningUrl } from '../postgres/running-url.mjs';
import { build } from '../start/build.mjs';
import { complain } from '../start/progress.mjs';
import { DATABASE, dataDir, ROOT } from '../start/settings.mjs';
import { stopSignal } from '../start/stop-signal.mjs';
import { tokenKeys } from '../start/token-keys.mjs';

const require = createRequire(join(ROOT, 'package.json'));
const dist = (path) => require(join(ROOT, 'apps', 'calendar-sync', 'dist', path));

try {
  await build(stopSignal().signal);
  const { url, keys } = place();
  await rotate(url, keys);
} catch (error) {
  complain(error);
  process.exitCode = 1;
}
process.exit();

async function rotate(url, keys) {
  const { KeyRing, KEYS } = dist('connections/key-ring.js');
  if (!KEYS.test(keys))
    throw new CannotStart('CALENDAR_TOKEN_KEYS must be id:base64 of 32 random bytes, several with commas between.');
  const ring = new KeyRing(keys);
  const { DataSource } = require('typeorm');
  const { Database } = require('@scheduling/persistence');
  const source = await new DataSource(dist('schema.js').calendarSyncSchema(url)).initialize();
  try {
    const { KeyRotation } = dist('connections/key-rotation.service.js');
    const resealed = await new KeyRotation(new Database(source), ring).rotate();
    console.log(`${resealed} secrets were sealed anew; all are under the key ${ring.current} now.`);
  } finally {
    await source.destroy();
  }
}

function place() {
  const { DATABASE_URL: url, CALENDAR_TOKEN_KEYS: keys } = process.env;
  if (url && keys) return { url, keys };
  const running = existsSync(dataDir()) && runningUrl(dataDir(), DATABASE);
  if (!running)
    throw new CannotStart(
      'Set DATABASE_URL and CALENDAR_TOKEN_KEYS as calendar-sync has them, or start the embedded system.',
    );
  return { url: running, keys: keys || tokenKeys(dataDir()) };
}
