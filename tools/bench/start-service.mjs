import { fileURLToPath } from 'node:url';
import { Child } from './child.mjs';

const script = fileURLToPath(new URL('./service.mjs', import.meta.url));

/** Starts one of our services at a database of the house; `name` tells two of one kind apart, `at` freezes its clock, `more` is what else it is told. */
export function startService({ house, opened, signal }, { app, name = app, database, at, more = {} }) {
  const settings = {
    ...(database.urls[app] && { DATABASE_URL: database.urls[app] }),
    AUTH_ISSUER: house.issuer.url,
    HOST: '127.0.0.1',
    PORT: '0',
    LOG_LEVEL: 'warn',
    ...more,
  };
  return Child.start(
    { name, script, args: at ? [app, at.toISOString()] : [app], env: settings, folder: house.folder },
    opened,
    signal,
  );
}
