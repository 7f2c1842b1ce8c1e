const MINUTE = 60_000;

/** How fast a bucket fills, and how much it holds. */
export interface Rate {
  readonly perMinute: number;
  /** How much may be taken at once after a rest. */
  readonly burst: number;
}

/** A token bucket: fills steadily and lets bursts through; instants are milliseconds of one clock. */
export class Bucket {
  private level: number;

  constructor(
    private readonly rate: Rate,
    private filledAt: number,
  ) {
    this.level = rate.burst;
  }

  /** How many whole tokens there are now. */
  available(now: number): number {
    this.fill(now);
    return Math.max(Math.floor(this.level), 0);
  }

  /** How long until one may be taken, in milliseconds; 0 where one may be taken now. */
  wait(now: number): number {
    this.fill(now);
    return this.level >= 1 ? 0 : Math.ceil(((1 - this.level) * MINUTE) / this.rate.perMinute);
  }

  /** Takes one, whether there is one or not. */
  take(): void {
    this.level -= 1;
  }

  private fill(now: number): void {
    this.level = Math.min(this.rate.burst, this.level + ((now - this.filledAt) * this.rate.perMinute) / MINUTE);
    this.filledAt = now;
  }
}
