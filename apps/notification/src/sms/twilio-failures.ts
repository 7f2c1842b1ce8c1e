import { DeliveryFailure } from '../deliveries/delivery-failure.ts';

/** After so long Twilio lists whatever it has taken, and takes nothing of an old request any more, in milliseconds. */
export const SETTLES_MS = 60_000;

/** Twilio's numbers for what the operator mends: who we are, the number that we write from, where callbacks go. */
const OURS: ReadonlySet<number> = new Set([20_003, 20_404, 21_212, 21_603, 21_606, 21_609, 21_659, 21_660, 21_661]);
const OUR_STATUSES: ReadonlySet<number> = new Set([401, 403, 404]);
/** What goes wrong before a request leaves. */
const NEVER_SENT: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

/** An answer that takes nothing. */
export interface Refused {
  readonly status: number;
  /** Twilio's own number for it, where it gave one. */
  readonly code: number | undefined;
  readonly retryAfterMs: number | null;
}

/** What Twilio's no decides about a text. It tells no phone number: this is written into the ledger. */
export function failureOfAnswer({ status, code, retryAfterMs }: Refused): DeliveryFailure {
  const text = `Twilio answered ${status}${code === undefined ? '' : ` (${code})`}`;
  const name = String(code ?? status);
  if (status === 429) return new DeliveryFailure('later', name, text, retryAfterMs);
  // An error of Twilio's own says nothing of whether the text was taken before it.
  if (status < 400 || status === 408 || status >= 500)
    return new DeliveryFailure('unknown', name, text, Math.max(SETTLES_MS, retryAfterMs ?? 0));
  const isOurs = OUR_STATUSES.has(status) || OURS.has(code ?? 0);
  return new DeliveryFailure(isOurs ? 'later' : 'for_good', name, text);
}

/** What no answer at all decides about a text: a request that has left may have arrived. */
export function failureOfSilence(error: unknown): DeliveryFailure {
  const { code = 'no_answer', cause } = error as { code?: string; cause?: { syscall?: string } };
  const hasLeft = !NEVER_SENT.has(code) && cause?.syscall !== 'connect';
  const text = `no answer from Twilio (${code})`;
  return hasLeft ? new DeliveryFailure('unknown', code, text, SETTLES_MS) : new DeliveryFailure('later', code, text);
}
