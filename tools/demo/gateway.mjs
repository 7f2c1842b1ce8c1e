/** Where the system to be played against answers. */
export const GATEWAY = (process.env.GATEWAY_URL || `http://localhost:${process.env.PORT || 3000}`).replace(/\/$/, '');

const DEADLINE = 20_000;

/** Calls the public API; answers `{ status, body }`, the body parsed where it is JSON. */
export async function call(method, path, { as, body } = {}) {
  const request = { method, headers: {} };
  if (as) request.headers.authorization = `Bearer ${as.token}`;
  if (body) {
    request.headers['content-type'] = 'application/json';
    request.body = JSON.stringify(body);
  }
  const answer = await fetch(GATEWAY + path, request);
  const text = await answer.text();
  const isJson = /json/.test(answer.headers.get('content-type') ?? '');
  return { status: answer.status, body: text && isJson ? JSON.parse(text) : text };
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
