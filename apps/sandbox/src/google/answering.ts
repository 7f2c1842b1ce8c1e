import { isCut, type RequestHook } from '../doubles/hooks.ts';
import type { Received, Reply } from '../doubles/http-server.ts';
import type { RequestFault } from '../doubles/request-faults.ts';
import { hung, waited } from '../doubles/waiting.ts';
import { methodOf } from './api.ts';
import { consented } from './consenting.ts';
import type { GoogleFaults } from './faults.ts';
import { fieldsOf } from './fields.ts';
import { GoogleRefusal, notFound } from './google-refusal.ts';
import type { Access, Grants } from './grants.ts';
import type { LoggedRequest, RequestLog } from './request-log.ts';
import type { World } from './world.ts';

/** What the answering of requests needs. */
export interface Desk {
  readonly world: World;
  readonly grants: Grants;
  readonly faults: GoogleFaults;
  readonly log: RequestLog;
  readonly hooks: ReadonlySet<RequestHook>;
  /** Tells that the double ends: whoever waits for a late answer gets none. */
  readonly end: AbortSignal;
}

/** What Google calls a status, if nothing else is said. */
const REASONS: Readonly<Record<number, string>> = {
  401: 'authError',
  403: 'rateLimitExceeded',
  404: 'notFound',
  409: 'duplicate',
  410: 'fullSyncRequired',
  412: 'conditionNotMet',
  429: 'rateLimitExceeded',
};

/** Answers a request as Google does; nothing, when the connection is to be cut. */
export async function answer(desk: Desk, received: Received): Promise<Reply | undefined> {
  const { method, path } = received;
  const entry = desk.log.add({ at: desk.world.now().getTime(), method, path, email: '', status: 0 });
  const reply = await answered(desk, received, entry);
  entry.status = reply?.status ?? 0;
  return reply;
}

async function answered(desk: Desk, received: Received, entry: LoggedRequest): Promise<Reply | undefined> {
  const { method, path } = received;
  const fault = desk.faults.meet(method, path);
  if (fault?.kind === 'hang') await hung(desk.end);
  if ((await waited(desk.faults.latency, desk.end)) || fault?.kind === 'reset') return undefined;
  try {
    const access = identify(desk, received, entry);
    if (fault?.status !== undefined) throw injected(fault);
    if (await isCut(desk.hooks, { method, path, phase: 'before' })) return undefined;
    const reply = work(desk, received, access);
    const isLost = (await isCut(desk.hooks, { method, path, phase: 'after' })) || fault?.kind === 'drop_reply';
    return isLost ? undefined : reply;
  } catch (error) {
    return refused(error);
  }
}

/** Whose request it is, and whether they have asked too much of late. */
function identify(
  { grants, log, faults }: Desk,
  { path, headers }: Received,
  entry: LoggedRequest,
): Access | undefined {
  if (!path.startsWith('/calendar/')) return undefined;
  const access = grants.bearer(headers.authorization ?? '');
  entry.email = access.email;
  const isTooMuch = log.isTooMuch(entry);
  if (isTooMuch && faults.enforcesQuota) throw new GoogleRefusal(403, isTooMuch, 'Rate Limit Exceeded');
  return access;
}

function work(desk: Desk, received: Received, access: Access | undefined): Reply {
  if (access) return called(desk, received, access);
  const { method, path, query, body, headers } = received;
  const form = new URLSearchParams(body);
  if (path === '/o/oauth2/v2/auth') return consented(desk, received);
  if (`${method} ${path}` === 'POST /token') return json(desk.grants.grant(form, headers.authorization));
  if (`${method} ${path}` !== 'POST /revoke') throw notFound();
  desk.grants.revoke(new URLSearchParams(query).get('token') ?? form.get('token') ?? '');
  return json({});
}

function called({ world }: Desk, { method, path, query, body, headers }: Received, { email, scopes }: Access): Reply {
  const params = new URLSearchParams(query);
  const known = methodOf(method, path, params);
  if (!known.scopes.some((scope) => scopes.includes(`https://www.googleapis.com/auth/${scope}`)))
    throw new GoogleRefusal(403, 'insufficientPermissions', 'Request had insufficient authentication scopes.');
  const { calendarId, eventId } = known;
  const told = known.answer({ world, email, calendarId, eventId, params, body, etag: headers['if-match'] });
  if (told === undefined) return { status: 204, body: '' };
  const fields = params.get('fields');
  return json(fields === null ? told : fieldsOf(told, fields));
}

const json = (value: unknown): Reply => ({ status: 200, body: JSON.stringify(value) });

const injected = ({ status = 500, reason, retry_after_s: rest }: RequestFault): GoogleRefusal =>
  new GoogleRefusal(status, reason ?? REASONS[status] ?? 'backendError', 'The sandbox was told to answer so.', rest);

/** A bug of the double's or of a hook's says what it was: who reads it is a developer. */
function refused(error: unknown): Reply {
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const refusal = error instanceof GoogleRefusal ? error : new GoogleRefusal(500, 'backendError', message);
  const { status, body, retryAfterS } = refusal;
  return { status, body, ...(retryAfterS !== undefined && { headers: { 'retry-after': String(retryAfterS) } }) };
}
