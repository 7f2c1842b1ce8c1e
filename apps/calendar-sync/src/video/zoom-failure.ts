/** Why Zoom did not do what was asked; never in its own words. */
export class ZoomFailure extends Error {
  constructor(
    /** `refused` is a considered no; after `unreachable` nobody knows whether it was done. */
    readonly kind: 'rate_limited' | 'unreachable' | 'refused',
    /** Such as `timeout`, `503` or `ECONNRESET`. */
    readonly code: string,
    /** How long Zoom wants to be left in peace, in milliseconds. */
    readonly retryAfterMs: number | null = null,
    cause?: unknown,
  ) {
    super(`Zoom: ${kind} (${code})`, { cause });
    this.name = 'ZoomFailure';
  }
}
