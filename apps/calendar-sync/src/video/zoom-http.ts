import { ZoomFailure } from './zoom-failure.ts';

/** How long one request may take, in milliseconds. */
const PATIENCE_MS = 10_000;

/** A request to Zoom, or to where its tokens come from. */
export interface ZoomRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly authorization: string;
  readonly body?: object | URLSearchParams;
}

/** What Zoom answered, as far as it is JSON; a 404 is an answer, too. */
export interface ZoomAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Asks Zoom once, within a limit of time; whatever is neither success nor 404 is a `ZoomFailure`. */
export async function askZoom({ method, url, authorization, body }: ZoomRequest): Promise<ZoomAnswer> {
  const isForm = body instanceof URLSearchParams;
  try {
    const response = await fetch(url, {
      method,
      headers: { authorization, ...(body && !isForm && { 'content-type': 'application/json' }) },
      ...(body && { body: isForm ? body : JSON.stringify(body) }),
      signal: AbortSignal.timeout(PATIENCE_MS),
      redirect: 'error',
    });
    const text = await response.text();
    if (response.ok || response.status === 404) return { status: response.status, body: recordOf(text) };
    throw refusal(response);
  } catch (error) {
    throw error instanceof ZoomFailure ? error : new ZoomFailure('unreachable', codeOf(error), null, error);
  }
}

function refusal({ status, headers }: Response): ZoomFailure {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  const retryAfterMs = seconds >= 0 ? seconds * 1000 : null;
  if (status === 429) return new ZoomFailure('rate_limited', '429', retryAfterMs);
  return new ZoomFailure(status >= 500 ? 'unreachable' : 'refused', String(status), retryAfterMs);
}

function recordOf(text: string): Record<string, unknown> {
  if (text === '') return {};
  const parsed: unknown = JSON.parse(text);
  return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {};
}

/** The network's own word for it; an answer that is no JSON was cut off or is not Zoom's. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  if (error.name === 'TimeoutError') return 'timeout';
  if (error instanceof SyntaxError) return 'not_json';
  const { cause } = error;
  return cause instanceof Error && 'code' in cause ? String(cause.code) : 'network';
}
