import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { schedulingClient } = require('../../libs/client/dist/index.js');

/** Where the system to be played against answers. */
export const GATEWAY = (process.env.GATEWAY_URL || `http://localhost:${process.env.PORT || 3000}`).replace(/\/$/, '');

const DEADLINE = 20_000;

/** Calls the API by the client that apps use; answers `{ status, body }`, the body parsed where it is JSON. */
export async function call(method, path, { as, body } = {}) {
  const client = schedulingClient({ baseUrl: GATEWAY, ...(as && { token: as.token }) });
  const { data, error, response } = await client[method](path, { ...(body && { body }), parseAs: 'text' });
  const said = data ?? error ?? '';
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  return { status: response.status, body: isJson && typeof said === 'string' && said ? JSON.parse(said) : said };
}

/** Asks again until `found` answers something; what happens by events takes a moment. */
export async function eventually(ask, found) {
  const until = Date.now() + DEADLINE;
  for (;;) {
    const answer = await ask();
    const result = found(answer);
    if (result || Date.now() > until) return { answer, result };
    await new Promise((next) => setTimeout(next, 150));
  }
}
