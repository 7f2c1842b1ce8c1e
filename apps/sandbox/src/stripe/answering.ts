import { isCut, type RequestHook } from '../doubles/hooks.ts';
import type { RequestFault } from '../doubles/request-faults.ts';
import { hung, waited } from '../doubles/waiting.ts';
import type { Account } from './account.ts';
import type { Answer, Asked } from './answer.ts';
import { expanded } from './expand.ts';
import type { Faults } from './faults.ts';
import { parseForm } from './form-body.ts';
import type { IdempotencyKeys } from './idempotency-keys.ts';
import { Params } from './params.ts';
import { findRoute } from './routes.ts';
import { type StripeErrorBody, StripeRefusal } from './stripe-refusal.ts';

/** What these say, Stripe says before it begins: nothing is kept under the idempotency key. */
const BEFORE_BEGINNING = new Set([429, 502, 503, 504]);

/** What the answering of requests needs. */
export interface Desk {
  readonly account: Account;
  readonly faults: Faults;
  readonly keys: IdempotencyKeys;
  readonly hooks: Set<RequestHook>;
  readonly secretKey: string;
  /** Tells that the double ends: whoever waits for a late answer gets none. */
  readonly end: AbortSignal;
}

/** Answers a request as Stripe does; nothing, when the connection is to be cut. */
export async function answer(desk: Desk, asked: Asked): Promise<Answer | undefined> {
  const fault = desk.faults.meet(asked.method, asked.path);
  if (fault?.kind === 'hang') await hung(desk.end);
  const isOver = await waited(desk.faults.latency, desk.end);
  if (isOver || fault?.kind === 'reset') return undefined;
  try {
    authorize(desk, asked);
    if (fault?.status !== undefined && BEFORE_BEGINNING.has(fault.status)) throw injected(fault.status);
    const key = asked.method === 'POST' ? asked.idempotencyKey : undefined;
    const known = key && desk.keys.begin(key, asked.path, sorted(asked.body));
    const answer = known || (await work(desk, asked, fault, key));
    return fault?.kind === 'drop_reply' ? undefined : answer;
  } catch (error) {
    return refusalOf(error, asked).answer;
  }
}

/** Does what is asked once, with the hooks around it, and keeps the answer under the key. */
async function work(
  desk: Desk,
  asked: Asked,
  fault: RequestFault | undefined,
  key?: string,
): Promise<Answer | undefined> {
  const { method, path } = asked;
  let isKept = false;
  try {
    if (await isCut(desk.hooks, { method, path, phase: 'before' })) return undefined;
    const { answer, hadBegun } = attempt(desk, asked, fault);
    if (key !== undefined && hadBegun) desk.keys.keep(key, answer);
    isKept = hadBegun;
    return (await isCut(desk.hooks, { method, path, phase: 'after' })) ? undefined : answer;
  } finally {
    if (key !== undefined && !isKept) desk.keys.forget(key);
  }
}

function attempt(desk: Desk, asked: Asked, fault?: RequestFault): { answer: Answer; hadBegun: boolean } {
  desk.account.events.request = { id: asked.requestId, idempotency_key: asked.idempotencyKey ?? null };
  try {
    if (fault?.status !== undefined) throw injected(fault.status);
    const route = findRoute(asked.method, asked.path);
    if (!route) throw unknownUrl(asked);
    const params = new Params(parseForm(asked.method === 'POST' ? asked.body : asked.query));
    const expand = params.texts('expand');
    const found = route.handler(desk.account, params, route.id);
    const shown = expanded(found, expand, (id) => desk.account.find(id));
    return { answer: { status: 200, body: JSON.stringify(shown), requestId: asked.requestId }, hadBegun: true };
  } catch (error) {
    return refusalOf(error, asked);
  } finally {
    desk.account.events.request = null;
  }
}

function authorize({ secretKey }: Desk, { authorization }: Asked): void {
  const given = /^Bearer (.+)$/.exec(authorization)?.[1] ?? '';
  if (given === secretKey) return;
  const message =
    given === '' ? 'You did not provide an API key.' : `Invalid API Key provided: ${given.slice(0, 8)}****`;
  throw new StripeRefusal(401, { type: 'invalid_request_error', message }, false);
}

function refusalOf(error: unknown, { requestId }: Asked): { answer: Answer; hadBegun: boolean } {
  const refusal = error instanceof StripeRefusal ? error : new StripeRefusal(500, internal(error));
  const body = JSON.stringify({ error: refusal.body });
  return { answer: { status: refusal.status, body, requestId }, hadBegun: refusal.hadBegun };
}

/** A bug of the double's or of a hook's says what it was: who reads it is a developer. */
const internal = (error: unknown): StripeErrorBody => ({
  type: 'api_error',
  message: error instanceof Error ? (error.stack ?? error.message) : String(error),
});

const unknownUrl = ({ method, path }: Asked): StripeRefusal =>
  new StripeRefusal(
    404,
    { type: 'invalid_request_error', message: `Unrecognized request URL (${method}: ${path}).` },
    false,
  );

function injected(status: number): StripeRefusal {
  const message = 'The sandbox was told to answer so.';
  const hadBegun = !BEFORE_BEGINNING.has(status);
  if (status === 402)
    return new StripeRefusal(402, {
      type: 'card_error',
      code: 'card_declined',
      decline_code: 'generic_decline',
      message,
    });
  if (status === 429)
    return new StripeRefusal(429, { type: 'rate_limit_error', code: 'rate_limit', message }, hadBegun);
  return new StripeRefusal(status, { type: status < 500 ? 'invalid_request_error' : 'api_error', message }, hadBegun);
}

/** The same parameters in any order are the same. */
function sorted(body: string): string {
  const params = new URLSearchParams(body);
  params.sort();
  return params.toString();
}
