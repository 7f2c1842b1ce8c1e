/** In milliseconds. */
const FIRST = 5_000;
const LONGEST = 600_000;

/** How long to wait after so many attempts, in milliseconds: what was asked for, else twice as long each time, less up to half. */
export function pauseAfter(attempts: number, askedMs: number | null, dice: number): number {
  const longest = Math.min(FIRST * 2 ** Math.max(0, attempts - 1), LONGEST);
  return Math.max(askedMs ?? 0, longest * (1 - dice / 2));
}
