import { fileURLToPath } from 'node:url';
import { Child } from '../child.mjs';

const script = fileURLToPath(new URL('./main.mjs', import.meta.url));
/** Connections of a service's own pool, in libs/persistence. */
const POOL_SIZE = 5;

/** Starts a bare twin of one statement, at the database and as the role of a service. */
export function startTwin({ house, opened, signal }, { name, app, database, statement }) {
  const env = {
    DATABASE_URL: database.urls[app],
    SEARCH_PATH: app,
    POOL_SIZE: String(POOL_SIZE),
    STATEMENT: JSON.stringify(statement),
  };
  return Child.start({ name, script, env, folder: house.folder }, opened, signal);
}
