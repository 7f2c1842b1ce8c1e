// npm run db:url: the address on stdout, how to use it beside it, so that psql "$(npm run -s db:url)" works.
import { existsSync } from 'node:fs';
import { CannotStart } from '../postgres/cannot-start.mjs';
import { runningUrl } from '../postgres/running-url.mjs';
import { complain } from './progress.mjs';
import { DATABASE, dataDir } from './settings.mjs';

try {
  const url = existsSync(dataDir()) ? runningUrl(dataDir(), DATABASE) : undefined;
  if (!url)
    throw new CannotStart(
      `No PostgreSQL runs on ${dataDir()}: run npm start first, or set DATA_DIR as you did for it.`,
    );
  console.log(url);
  console.error('Connect with: psql "$(npm run -s db:url)"; each service has a schema: set search_path to booking;');
} catch (error) {
  complain(error);
  process.exitCode = 1;
}
