const SECOND = 1000;
/** How long one waits after the first failure, and at most. */
const WAIT = { first: 5 * SECOND, longest: 600 * SECOND };
/** After so many tries of what Google will have none of, the night's comparison takes it up again. */
const MOST_TRIES = 8;

/** How long a write that failed waits for its next try, in milliseconds; `random` is between 0 and 1. */
export function waitAfter({ retryAfterMs }: { retryAfterMs: number | null }, attempts: number, random: number): number {
  const backoff = Math.min(WAIT.first * 2 ** (attempts - 1), WAIT.longest);
  return Math.max(retryAfterMs ?? 0, retryAfterMs === null ? backoff * (0.5 + random / 2) : random * SECOND);
}

/** Whether Google's considered no is taken for one. */
export const isHopeless = (attempts: number): boolean => attempts >= MOST_TRIES;

/** How long one waits until one asks again for a room, in milliseconds. */
export const meetPause = (tries: number): number => 2 ** tries * SECOND;
