// Asks every route of docs/openapi.json as nobody and as each role, for what is the caller's own, someone else's and nobody's, and
// compares the answers with the table that docs/access.md shows.
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Api } from '../prove/api.mjs';
import { startHouse } from '../prove/house.mjs';
import { Random } from '../prove/random.mjs';
import { doubles } from '../start/doubles.mjs';
import { Opened } from '../start/opened.mjs';
import { ROOT } from '../start/settings.mjs';
import { issuerOf } from './people.mjs';
import { REQUESTS } from './requests.mjs';
import { cellsOf, operationsOf, ROLES } from './table.mjs';
import { Things } from './things.mjs';

const require = createRequire(join(ROOT, 'package.json'));
const { Client } = require('pg');

const API = '/api/v1/scheduling';
const CREDITS = 10_000_000;
const PATIENCE = 20_000;
/** Of an id that names nothing. */
const NOBODYS = { date: () => '2031-01-01', calendar_id: () => 'nobody@access.test', file: () => 'none.ics' };

/** Walks; answers a check for each cell. */
export async function access(signal) {
  const opened = new Opened();
  const say = (what) => console.log(`[access] ${what}`);
  try {
    const more = async (gateway, dataDir) => ({ ...(await doubles({}, gateway, dataDir)), RATE_LIMITS: 'off' });
    const house = await startHouse({ name: 'access', say, more, beforeServices: () => undefined }, opened, signal);
    const database = new Client({ connectionString: house.adminUrl });
    database.on('error', () => undefined);
    await database.connect();
    opened.add('a connection', () => database.end());
    const api = new Api(house.gateway, new Random(1), signal);
    return await walk({ gateway: house.gateway, api, database, say, signal });
  } finally {
    await opened.close();
  }
}

async function walk({ gateway, api, database, say, signal }) {
  const operations = operationsOf(JSON.parse(readFileSync(join(ROOT, 'docs', 'openapi.json'), 'utf8')));
  const cast = await castOf(await issuerOf(database, `${gateway}/api/v1/accounts`), api);
  const things = new Things({ api, database, cast });
  cast.teacherSlot = await things.freeSlot();
  cast.seriesSlot = await things.freeSlot();
  const walker = new Walker({ gateway, things, cast, signal });
  const checks = [];
  for (const operation of operations.toSorted(lastGoesWhatEnds)) {
    for (const cell of cellsOf(operation)) checks.push(await walker.check(operation, cell));
  }
  for (const { ok, name, said } of checks) if (!ok) say(`FAILED ${name}: ${said}`);
  const wrong = checks.filter(({ ok }) => !ok).length;
  say(`${operations.length} routes, ${checks.length} cells, ${wrong} of them not as docs/access.md says`);
  return checks;
}

/** What takes away comes last, since others need what it takes; the caller themselves at the very end. */
const lastGoesWhatEnds = (one, other) => endingOf(one) - endingOf(other);
const endingOf = ({ method, path }) => (method !== 'DELETE' ? 0 : path.endsWith('/me') ? 2 : 1);

/** The caller is one person, whose tokens name one role each; the stranger has things of the same kinds. */
async function castOf(issuer, api) {
  const [caller, other] = [await issuer.person('caller', ROLES), await issuer.person('stranger', ROLES)];
  const cast = {
    caller,
    other,
    teacher: await issuer.person('teacher', ['tutor']),
    learner: await issuer.person('learner', ['student']),
    operator: await issuer.person('operator', ['admin']),
  };
  for (const { tokens } of Object.values(cast)) {
    await api.send('GET', '/api/v1/accounts/me', { token: Object.values(tokens)[0] });
  }
  const day = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);
  const rule = {
    start_at: `${day}T08:00:00Z`,
    end_at: `${day}T18:00:00Z`,
    is_recurring: true,
    rrule_string: 'FREQ=DAILY;BYHOUR=8,10,12,14,16',
    timezone: 'UTC',
    price_cents: 1000,
  };
  const hours = { teacher: 0, caller: 1, other: 1 };
  for (const [name, shift] of Object.entries(hours)) {
    const rrule = rule.rrule_string.replace(/\d+(?=[,]|$)/g, (hour) => String(Number(hour) + shift));
    const body = { ...rule, start_at: `${day}T${shift ? '09' : '08'}:00:00Z`, rrule_string: rrule };
    await api.send('POST', `${API}/availability`, { token: cast[name].tokens.tutor, body });
  }
  for (const { id } of [caller, other, cast.learner]) {
    const body = { user_id: id, amount_cents: CREDITS, currency: 'USD', reason: 'to book lessons with' };
    await api.send('POST', `${API}/credits/grants`, { token: cast.operator.tokens.admin, body });
  }
  return cast;
}

class Walker {
  #kept = new Map();
  #publicAnswers = new Map();

  constructor(parts) {
    Object.assign(this, parts);
  }

  /** Asks for one cell of the table. */
  async check(operation, cell) {
    const name = `${operation.method} ${operation.path} as ${cell.role ?? 'nobody'}, ${cell.thing}`;
    try {
      const { status, text } = await this.#ask(operation, cell);
      const ok = operation.isPublic ? this.#isSameForAll(operation, status) : isAsSaid(cell.expected, status);
      return { name, ok, said: `${cell.expected} expected, ${status} answered ${text.slice(0, 300)}` };
    } catch (error) {
      this.signal.throwIfAborted();
      return { name, ok: false, said: `it could not be asked: ${error.message}` };
    }
  }

  async #ask({ method, path, owned }, { role, thing, expected }) {
    const how = REQUESTS[`${method} ${path.replace(API, '')}`] ?? {};
    const isUsedUp = how.isNew && expected === 'yes';
    // Of lessons, whoever asks as a tutor teaches their own, and anyone else learns in them.
    const teaches = owned?.by === 'party' && role === 'tutor' && thing === 'own';
    const fields = how.of ? await this.#fields(how.of, { teaches, thing, isUsedUp }) : {};
    const filled = path.replace(/\{(\w+)\}/g, (_, id) => {
      if (fields[id] === undefined) throw new Error(`tools/access/requests.mjs does not say what ${id} names`);
      return encodeURIComponent(fields[id]);
    });
    const body = how.body?.(fields, this.cast);
    const token = role && this.cast.caller.tokens[role];
    const answer = await fetch(this.gateway + filled + (how.query ? `?${how.query(fields, this.cast)}` : ''), {
      method,
      headers: {
        ...(token && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      redirect: 'manual',
      signal: AbortSignal.any([this.signal, AbortSignal.timeout(PATIENCE)]),
    });
    return { status: answer.status, text: await textOf(answer) };
  }

  /** The ids of a thing that is the caller's own, someone else's, or nobody's. */
  async #fields(kind, { teaches, thing, isUsedUp }) {
    if (thing === 'unknown' || kind === 'nothing')
      return new Proxy({}, { get: (_, id) => NOBODYS[id]?.() ?? randomUUID() });
    const person = thing === 'own' ? this.cast.caller : this.cast.other;
    if (isUsedUp) return this.things.make(kind, person, teaches);
    const key = `${kind} ${thing} ${teaches}`;
    if (!this.#kept.has(key)) this.#kept.set(key, await this.things.make(kind, person, teaches));
    return this.#kept.get(key);
  }

  /** A token opens nothing, and closes nothing, where none is asked for: what counts is a signature or a secret. */
  #isSameForAll({ method, path }, status) {
    const key = `${method} ${path}`;
    if (!this.#publicAnswers.has(key)) this.#publicAnswers.set(key, status);
    return status !== 401 && status < 500 && this.#publicAnswers.get(key) === status;
  }
}

/** A request that was let in may still be refused for what the thing is like, but for nothing else. */
const isAsSaid = (expected, status) =>
  expected === 'yes' ? status < 500 && ![400, 401, 403, 404, 405].includes(status) : String(status) === expected;

/** A stream that goes on for ever tells by its beginning that it is allowed. */
async function textOf(answer) {
  if (!/event-stream/.test(answer.headers.get('content-type') ?? '')) return answer.text();
  await answer.body.cancel();
  return '';
}
