import { setTimeout as pause } from 'node:timers/promises';

/** Work that lies in a table of work rows. */
export interface Work<Item> {
  /** Takes at most so many due items for this worker alone. */
  readonly take: (limit: number) => Promise<readonly Item[]>;
  /** Does one of them, and writes down by itself what became of it. */
  readonly attend: (item: Item) => Promise<void>;
  /** Hears what went wrong in taking or doing; such an item is due again when its lease ends. */
  readonly failed: (error: unknown) => void;
  /** How many are done beside each other. */
  readonly width: number;
  /** How many are taken at once at least, where that many are due: to take costs as much for one as for some; 1 unless told otherwise. */
  readonly portion?: number;
  /** How long it rests at most while nothing is due, in milliseconds. */
  readonly longestRest: number;
}

/** How it rests while nothing is due, in milliseconds; after a failure of the database longer. */
const REST = { first: 100, growth: 1.25, failed: 2000 };

/** Does what is due for as long as it runs; any number of replicas may. */
export class WorkLoop<Item> {
  private readonly underway = new Set<Promise<void>>();
  private readonly stopping = new AbortController();
  private bell = Promise.withResolvers<void>();
  private running?: Promise<void>;

  constructor(private readonly work: Work<Item>) {}

  /** Begins. */
  start(): void {
    this.running = this.run();
  }

  /** Ends a rest: something has become due. */
  wake(): void {
    this.bell.resolve();
  }

  /**
   * Takes nothing more and waits so many milliseconds for what is on its way; then what `cut` breaks off fails at once, and still
   * writes that down while there is a database to write to.
   */
  async stop(farewell: number, cut: () => void = () => undefined): Promise<void> {
    this.stopping.abort();
    this.wake();
    await this.running;
    await Promise.race([Promise.all(this.underway), pause(farewell, undefined, { ref: false })]);
    cut();
    await Promise.all(this.underway);
  }

  private async run(): Promise<void> {
    let rest = REST.first;
    while (!this.stopping.signal.aborted) {
      const free = this.work.width - this.underway.size;
      const taken = free >= (this.work.portion ?? 1) ? await this.take(free) : [];
      for (const item of taken ?? []) this.begin(item);
      rest = taken?.length ? REST.first : Math.min(rest * REST.growth, this.work.longestRest);
      // Whoever finishes makes room for the next item: nobody waits for one that hangs.
      await Promise.race([...this.underway, this.rest(taken ? rest : REST.failed)]);
    }
  }

  /** Null when the database did not answer: then it is asked again a little later. */
  private async take(limit: number): Promise<readonly Item[] | null> {
    try {
      return await this.work.take(limit);
    } catch (error) {
      this.work.failed(error);
      return null;
    }
  }

  private begin(item: Item): void {
    const doing = this.attend(item).finally(() => this.underway.delete(doing));
    this.underway.add(doing);
  }

  private async attend(item: Item): Promise<void> {
    try {
      await this.work.attend(item);
    } catch (error) {
      this.work.failed(error);
    }
  }

  private async rest(ms: number): Promise<void> {
    const over = new AbortController();
    await Promise.race([this.bell.promise, pause(ms, undefined, { signal: over.signal }).catch(() => undefined)]);
    over.abort();
    this.bell = Promise.withResolvers<void>();
  }
}
