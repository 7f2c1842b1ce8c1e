import { Logger } from '@nestjs/common';
import { loggable } from '@scheduling/domain';

const SHORTEST_REST_MS = 20;
const LONGEST_REST_MS = 200;
const LONGEST_REST_AFTER_FAILURE_MS = 2000;
/** What fails for longer is no hiccup. */
const ALARM_AFTER_MS = 30_000;

/**
 * Repeats a step for ever: at once while there is more to do, after a rest of 20 to 200 ms when there was nothing,
 * after up to two seconds when it failed. A step says whether there may be more.
 */
export class Loop {
  private readonly logger: Logger;
  private running: Promise<void> | undefined;
  private isStopping = false;
  private wake: () => void = () => undefined;
  private waiting: (() => void)[] = [];

  constructor(
    name: string,
    private readonly step: () => Promise<boolean>,
    private readonly longestRestMs = LONGEST_REST_MS,
  ) {
    this.logger = new Logger(name);
  }

  /** Begins, unless it has begun. */
  start(): void {
    this.isStopping = false;
    this.running ??= this.run();
  }

  /** Lets the step in flight finish, then ends. */
  async stop(): Promise<void> {
    this.isStopping = true;
    this.wake();
    await this.running;
    this.running = undefined;
  }

  /** Ends the rest; resolves when a step that begins after this call has succeeded, or the loop has ended. */
  turn(): Promise<void> {
    const turned = new Promise<void>((resolve) => this.waiting.push(resolve));
    this.wake();
    return turned;
  }

  private async run(): Promise<void> {
    let idle = 0;
    let failures = 0;
    let failingSince = 0;
    while (!this.isStopping) {
      const waiting = this.waiting.splice(0);
      try {
        const hasMore = await this.step();
        for (const resolve of waiting) resolve();
        failures = 0;
        idle = hasMore ? 0 : idle + 1;
        if (!hasMore && this.waiting.length === 0)
          await this.rest(Math.min(SHORTEST_REST_MS * 2 ** (idle - 1), this.longestRestMs));
      } catch (error) {
        this.waiting.push(...waiting);
        if (failures === 0) failingSince = Date.now();
        failures += 1;
        const severity = Date.now() - failingSince > ALARM_AFTER_MS ? 'error' : 'warn';
        this.logger[severity]({ message: 'A step failed and will be repeated.', failures, error: loggable(error) });
        await this.rest(Math.min(SHORTEST_REST_MS * 2 ** failures, LONGEST_REST_AFTER_FAILURE_MS));
      }
    }
    for (const resolve of this.waiting.splice(0)) resolve();
  }

  private async rest(ms: number): Promise<void> {
    if (this.isStopping) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
