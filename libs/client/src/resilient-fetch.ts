import { KEYED } from './generated/keyed.ts';

/** A bearer token, or where one comes from each time it is needed. */
export type TokenSource = string | (() => string | Promise<string>);

export interface Resilience {
  readonly token?: TokenSource | undefined;
  readonly fetch: typeof fetch;
  /** How long one try may take, in milliseconds. */
  readonly timeoutMs: number;
  /** How often a request is tried again at most. */
  readonly retries: number;
}

/** Answers that a later try may not get. */
const PASSING = new Set([429, 502, 503, 504]);
const FIRST_REST_MS = 100;
const LONGEST_REST_MS = 5_000;
/** Whoever is to wait for longer is told so at once. */
const LONGEST_WAIT_SECONDS = 30;
const KEY = 'idempotency-key';

const keyed = KEYED.map((path) => new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`));

/**
 * Sends a request until it is answered: with the caller's token, each POST that takes one under one Idempotency-Key for all its tries.
 * What is tried again is only what may come twice: reads, what carries a key, and what names the whole state.
 */
export function resilientFetch({ token, fetch: send, timeoutMs, retries }: Resilience) {
  return async (request: Request): Promise<Response> => {
    const headers = new Headers(request.headers);
    if (token !== undefined)
      headers.set('authorization', `Bearer ${typeof token === 'string' ? token : await token()}`);
    if (request.method === 'POST' && !headers.has(KEY) && takesKey(request.url)) headers.set(KEY, crypto.randomUUID());
    const body = ['GET', 'HEAD'].includes(request.method) ? null : await request.arrayBuffer();
    const tries = isRepeatable(request.method, headers) ? retries : 0;
    for (let tried = 0; ; tried += 1) {
      const signal = AbortSignal.any([request.signal, AbortSignal.timeout(timeoutMs)]);
      const settings = { method: request.method, headers, body: body?.byteLength ? body : null, signal };
      const answer = await attempt(() => send(request.url, settings), request.signal, tried < tries);
      if (answer && !(tried < tries && mayPass(answer))) return answer;
      await answer?.body?.cancel();
      await rest(tried, answer?.headers.get('retry-after') ?? null, request.signal);
    }
  };
}

const takesKey = (url: string): boolean => keyed.some((path) => path.test(new URL(url).pathname));

/** What names a version is refused where its first try came through and the answer was lost: whoever sent it must look. */
const isRepeatable = (method: string, headers: Headers): boolean =>
  headers.has(KEY) || (['GET', 'HEAD', 'PUT', 'DELETE'].includes(method) && !headers.has('if-match'));

const mayPass = (answer: Response): boolean =>
  PASSING.has(answer.status) && Number(answer.headers.get('retry-after') ?? 0) <= LONGEST_WAIT_SECONDS;

/** The answer, or null where there was none and another try may get one. */
async function attempt(
  send: () => Promise<Response>,
  signal: AbortSignal,
  mayTryAgain: boolean,
): Promise<Response | null> {
  try {
    return await send();
  } catch (error) {
    if (signal.aborted || !mayTryAgain) throw error;
    return null;
  }
}

/** Waits as long as the server asks, else longer each time, by chance more or less so that many clients do not come back at once. */
function rest(tried: number, retryAfter: string | null, signal: AbortSignal): Promise<void> {
  const growing = Math.min(LONGEST_REST_MS, FIRST_REST_MS * 2 ** tried) * (0.5 + Math.random() / 2);
  const ms = retryAfter && /^\d+$/.test(retryAfter) ? Number(retryAfter) * 1000 : growing;
  return new Promise((resolve, reject) => {
    const timer = setTimeout(done, ms);
    const aborted = (): void => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    function done(): void {
      signal.removeEventListener('abort', aborted);
      resolve();
    }
    signal.addEventListener('abort', aborted, { once: true });
  });
}
