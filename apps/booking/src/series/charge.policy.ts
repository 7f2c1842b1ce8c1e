const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** From then on before a lesson, a charge that is refused is the last one. */
const LAST_ATTEMPT = DAY;

/** Whether a lesson is charged by now, so many days ahead. */
export const isDue = (startAt: Date, daysBefore: number, now: Date): boolean =>
  startAt.getTime() - now.getTime() <= daysBefore * DAY;

/** When a charge that was refused now is tried again; null where the lesson is called off instead. */
export function nextAttempt(startAt: Date, now: Date): Date | null {
  if (startAt.getTime() - now.getTime() <= LAST_ATTEMPT) return null;
  // The last attempt is made in time, not up to an hour late.
  return new Date(Math.min(now.getTime() + HOUR, startAt.getTime() - LAST_ATTEMPT));
}
