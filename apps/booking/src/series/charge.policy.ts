const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
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

/** When a charge that a card is asked for now is looked at again: the last one has a minute to be answered. */
export const askedUntil = (startAt: Date, now: Date): Date =>
  nextAttempt(startAt, now) ?? new Date(now.getTime() + MINUTE);

/** Whether a card that was to be asked again by then has been asked for the last time. */
export const wasLast = (startAt: Date, again: Date): boolean => startAt.getTime() - again.getTime() < LAST_ATTEMPT;
