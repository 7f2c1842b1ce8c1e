import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CannotStart } from '../postgres/cannot-start.mjs';

/** The top of the repository. */
export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** The folder that an embedded system keeps everything in. */
export const dataDir = () => resolve(ROOT, process.env.DATA_DIR || '.data');

/** The name of the one database that the services of an embedded system share, each in its own schema. */
export const DATABASE = 'scheduling';

/** Reads what `npm start` was asked for, or refuses it in one sentence. */
export function readSettings(args = process.argv.slice(2)) {
  const unknown = args.find((arg) => arg !== '--reset');
  if (unknown) throw new CannotStart(`npm start does not know ${unknown}; it knows --reset, which begins anew.`);
  const port = process.env.PORT || '3000';
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) throw new CannotStart('PORT must be a number from 0 to 65535.');
  return {
    dataDir: dataDir(),
    port: Number(port),
    host: process.env.HOST || '127.0.0.1',
    reset: args.includes('--reset'),
    env: { ...process.env },
  };
}

/** Whether a failure should be told with its stack. */
export const isDebugging = () => process.env.LOG_LEVEL === 'debug';
