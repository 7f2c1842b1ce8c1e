// Runs before each test file: notes what our services answer over HTTP, so that the whole run is held against docs/openapi.json.
const { appendFileSync } = require('node:fs');

const LARGEST = 200_000;
const UUID = /[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/gi;

const file = process.env.CONTRACT_FILE;
const answered = new Set();
const fetchPlainly = globalThis.fetch;

if (file && fetchPlainly) {
  globalThis.fetch = async (input, init) => {
    const answer = await fetchPlainly(input, init);
    const { pathname } = new URL(answer.url || String(input.url ?? input));
    const type = answer.headers.get('content-type') ?? '';
    // A test that breaks off an answer, or never reads it, loses only our note of it.
    if (pathname.startsWith('/api/v1/') && /json|^$/.test(type))
      note(answer.clone(), pathname, type, init).catch(() => {});
    return answer;
  };
}

async function note(answer, path, type, init) {
  const text = await answer.text();
  if (text.length > LARGEST) return;
  const method = (init?.method ?? 'GET').toLowerCase();
  const body = text === '' ? null : JSON.parse(text);
  const kind = `${method} ${path.replace(UUID, '*')} ${answer.status} ${JSON.stringify(shapeOf(body))}`;
  // What the tests of the gateway and of the client talk to are not our services.
  if (answered.has(kind) || /^(gateway|client)\//.test(expectState() ?? '')) return;
  answered.add(kind);
  const line = { method, path, status: answer.status, type: type.split(';')[0], body: text === '' ? undefined : body };
  appendFileSync(file, `${JSON.stringify({ ...line, test: expectState() })}\n`);
}

/** What kinds of things an answer consists of; lists are as their first and last item. */
function shapeOf(value) {
  if (Array.isArray(value)) return value.length === 0 ? [] : [shapeOf(value[0]), shapeOf(value.at(-1))];
  if (value === null || typeof value !== 'object') return value === null ? null : typeof value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, key === 'code' || key === 'status' ? part : shapeOf(part)]),
  );
}

const expectState = () => globalThis.expect?.getState?.().testPath?.split('/').slice(-3).join('/');
