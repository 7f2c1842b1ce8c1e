/** What a failure decides: it may go better later, it never will, or nobody knows whether the message has arrived. */
export type Verdict = 'later' | 'for_good' | 'unknown';

/** A provider, or the way to it, let a message down. */
export class DeliveryFailure extends Error {
  constructor(
    readonly verdict: Verdict,
    /** What went wrong, in the words of the client or the provider: `ETIMEDOUT`, `21610`. */
    readonly code: string,
    text: string,
    /** How long the provider wants to be left alone, in milliseconds; null where it did not say. */
    readonly retryAfterMs: number | null = null,
    /** Whether it says something of the provider; not where what failed is an address of the reader's own. */
    readonly isProviders: boolean = true,
  ) {
    super(text);
    this.name = 'DeliveryFailure';
  }
}
