/** Ends a turn; once is enough, more do no harm. */
export type End = () => void;

/**
 * Lets one mail at a time be between its final dot and the word in the ledger that it is sent. Many mails may be on their
 * way; a process that dies leaves only this one in doubt, so that a crash repeats one mail at most. A server that keeps us
 * waiting gives up its turn after a while: it shall not hold up the others.
 */
export class LastStep {
  private last: Promise<void> = Promise.resolve();

  constructor(
    /** How long a server may take to answer the final dot before the next mail goes on, in milliseconds. */
    private readonly longest: number,
  ) {}

  /** Waits for one's turn and answers how to end it. */
  async take(): Promise<End> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const before = this.last;
    this.last = promise;
    await before;
    const timer = setTimeout(resolve, this.longest).unref();
    return () => {
      clearTimeout(timer);
      resolve();
    };
  }
}
