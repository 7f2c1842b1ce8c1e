import createClient, { type Client } from 'openapi-fetch';
import type { paths } from './generated/api.ts';
import { ProblemError, problemFrom } from './problem-error.ts';
import { resilientFetch, type TokenSource } from './resilient-fetch.ts';

export interface ClientOptions {
  /** Where the gateway is, without a path: `https://api.example.org`. */
  readonly baseUrl: string;
  /** Who asks; none for what is public. */
  readonly token?: TokenSource;
  /** What sends requests instead of the global `fetch`. */
  readonly fetch?: typeof fetch;
  /** How long one try may take; 20 seconds unless given. */
  readonly timeoutMs?: number;
  /** How often a request that may come twice is tried again; 3 times unless given. */
  readonly retries?: number;
}

/** Every route by its method and path, typed: `client.GET('/api/v1/scheduling/bookings', { params: … })`. */
export type SchedulingClient = Client<paths>;

/** Makes a client of the public API; its answers carry `data`, or `error` where the server said no. */
export function schedulingClient({
  baseUrl,
  token,
  timeoutMs = 20_000,
  retries = 3,
  ...rest
}: ClientOptions): SchedulingClient {
  const send = resilientFetch({ token, timeoutMs, retries, fetch: rest.fetch ?? fetch });
  return createClient<paths>({ baseUrl: baseUrl.replace(/\/$/, ''), fetch: send });
}

/** What openapi-fetch answers with. */
interface Answer<Data> {
  readonly data?: Data;
  readonly error?: unknown;
  readonly response: Response;
}

/** The data of an answer; throws `ProblemError` where the server said no. `await ok(client.GET(…))` */
export async function ok<Data>(asked: Promise<Answer<Data>>): Promise<Data> {
  const { data, error, response } = await asked;
  if (response.ok) return data as Data;
  throw new ProblemError(problemFrom(error, response.status), response.headers.get('x-request-id'));
}

/** All items of a list, page after page: `for await (const booking of everyItem((cursor) => …))`. */
export async function* everyItem<Item>(
  page: (
    cursor: string | undefined,
  ) => Promise<{ readonly items: readonly Item[]; readonly next_cursor: string | null }>,
): AsyncGenerator<Item, void, undefined> {
  let cursor: string | undefined;
  do {
    const { items, next_cursor: next } = await page(cursor);
    yield* items;
    cursor = next ?? undefined;
  } while (cursor !== undefined);
}
