import { gaxios } from 'google-auth-library';

/**
 * What went wrong at Google, as far as it decides what to do next. `rate_limited` and `unreachable` pass by themselves; `reconnect_required`
 * takes the person; the rest is about what was asked: `gone` 410, `not_found` 404, `conflict` 409, `changed` 412, `refused` any other no.
 */
export type GoogleFailureKind =
  | 'reconnect_required'
  | 'unauthorized'
  | 'rate_limited'
  | 'unreachable'
  | 'gone'
  | 'not_found'
  | 'conflict'
  | 'changed'
  | 'refused';

/** Google did not do what was asked; nothing of what it wrote is kept but the name of its reason. */
export class GoogleFailure extends Error {
  constructor(
    readonly kind: GoogleFailureKind,
    /** Google's own word for the reason, the status, or ours: `rateLimitExceeded`, `503`, `timeout`. */
    readonly code: string,
    /** After so many milliseconds another try makes sense; null where nobody said. */
    readonly retryAfterMs: number | null = null,
  ) {
    super(`Google did not do it: ${kind} (${code})`);
    this.name = 'GoogleFailure';
  }
}

/** Whether the same request may succeed later, with nobody doing anything about it. */
export const isForLater = ({ kind }: GoogleFailure): boolean => kind === 'rate_limited' || kind === 'unreachable';

/** What of an error of the client library matters, whatever its form. */
interface Answered {
  readonly status?: number;
  readonly code?: string | number;
  readonly name?: string;
  readonly response?: { readonly status?: number; readonly data?: unknown; readonly headers?: unknown };
}

/** Reads what the client library threw; what came from elsewhere is a bug of ours, and is thrown on. */
export function failureOf(error: unknown): GoogleFailure {
  if (error instanceof GoogleFailure) return error;
  // The library's errors have no name of their own.
  if (!(error instanceof gaxios.GaxiosError)) throw error;
  const { response, status: own, code, name } = error as Answered;
  const status = response?.status ?? own;
  if (status === undefined) return new GoogleFailure('unreachable', plain(code) ?? plain(name) ?? 'network');
  const reason = reasonOf(response?.data) ?? String(status);
  return new GoogleFailure(kindOf(status, reason), reason, retryAfter(response?.headers));
}

const QUOTA = new Set(['rateLimitExceeded', 'userRateLimitExceeded', 'quotaExceeded', 'dailyLimitExceeded']);

function kindOf(status: number, reason: string): GoogleFailureKind {
  if (reason === 'invalid_grant') return 'reconnect_required';
  if (status === 429 || (status === 403 && QUOTA.has(reason))) return 'rate_limited';
  if (status >= 500) return 'unreachable';
  return KINDS.get(status) ?? 'refused';
}

const KINDS = new Map<number, GoogleFailureKind>([
  [401, 'unauthorized'],
  [404, 'not_found'],
  [408, 'unreachable'],
  [409, 'conflict'],
  [410, 'gone'],
  [412, 'changed'],
]);

/** The calendar says `{error: {errors: [{reason}]}}`, the token endpoint `{error: 'invalid_grant'}`. */
function reasonOf(data: unknown): string | undefined {
  const error = (data as { error?: unknown } | undefined)?.error;
  if (typeof error === 'string') return plain(error);
  return plain((error as { errors?: { reason?: unknown }[] } | undefined)?.errors?.[0]?.reason);
}

/** A word, never a sentence: what a provider wrote may hold what nobody should read. */
const plain = (word: unknown): string | undefined =>
  typeof word === 'string' && /^\w{1,60}$/.test(word) ? word : undefined;

function retryAfter(headers: unknown): number | null {
  const value = headers instanceof Headers ? headers.get('retry-after') : null;
  return value !== null && /^\d{1,5}$/.test(value) ? Number(value) * 1000 : null;
}
