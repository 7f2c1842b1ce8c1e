const MOST = 86_400_000;

/** How long a provider wants to be left alone, in milliseconds and a day at most: seconds or a date (RFC 9110 §10.2.3); null where it did not say. */
export function retryAfterOf(header: string | null | undefined, now: Date): number | null {
  if (header === null || header === undefined) return null;
  const ms = /^\d{1,9}$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now.getTime();
  return Number.isNaN(ms) ? null : Math.min(Math.max(ms, 0), MOST);
}
