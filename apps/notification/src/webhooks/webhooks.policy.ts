const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** How long each try waits for the next, in milliseconds: twelve tries within five days and a bit. */
const WAITS = [
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
  24 * HOUR,
  24 * HOUR,
];
export const MOST_ATTEMPTS = WAITS.length + 1;
/** An endpoint that has taken nothing for so long is disabled. */
const PATIENCE = 5 * 24 * HOUR;
/** An endpoint that fails is left alone for at most so long, unless it asks for more. */
const LONGEST_REST = MINUTE;
/** It may ask for so much. */
const LONGEST_WISH = HOUR;
const GONE = 410;

/** How an endpoint answered; no status where it did not. */
export interface Refused {
  readonly status: number | null;
  /** A few words without the address or the answer, such as `answered 500` or `timeout`. */
  readonly error: string;
  /** How long it wants to be left alone, in milliseconds; null where it did not say. */
  readonly retryAfterMs: number | null;
}

/** How a delivery and its endpoint have fared so far, this try included in the attempts and not in the failures. */
export interface Standing {
  readonly attempts: number;
  readonly failures: number;
  readonly failingSince: Date | null;
}

/** What follows from a try that failed. */
export interface Consequence {
  /** When it is tried again; null where it never is. */
  readonly again: Date | null;
  readonly restsUntil: Date;
  /** Why the endpoint is disabled; null where it is not. What disables it is not lost: it waits like the rest. */
  readonly disabled: string | null;
}

/** Decides what follows from a try that failed; `chance` is a random number from 0 to 1. */
export function consequenceOf(refused: Refused, record: Standing, now: Date, chance: number): Consequence {
  const disabled = whyDisabled(refused, record, now);
  const wish = Math.min(refused.retryAfterMs ?? 0, LONGEST_WISH);
  const wait = WAITS[record.attempts - 1] ?? (disabled ? WAITS.at(-1)! : null);
  const rest = Math.min(SECOND * 2 ** record.failures, LONGEST_REST) * (0.5 + chance / 2);
  return {
    again: wait === null ? null : after(now, Math.max(wait * (1 + chance / 10), wish)),
    restsUntil: after(now, Math.max(rest, wish)),
    disabled,
  };
}

function whyDisabled({ status }: Refused, { failingSince }: Standing, now: Date): string | null {
  if (status === GONE) return 'answered 410 Gone';
  const isLost = failingSince !== null && now.getTime() - failingSince.getTime() >= PATIENCE;
  return isLost ? 'failed everything for 5 days' : null;
}

const after = (now: Date, ms: number): Date => new Date(now.getTime() + Math.ceil(ms));
