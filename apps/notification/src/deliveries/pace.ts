import { Bucket } from '@scheduling/service-kit';
import { circuitBreaker, CircuitState, ConsecutiveBreaker, handleWhen } from 'cockatiel';
import { DeliveryFailure } from './delivery-failure.ts';

/** When a provider is left alone, and how long, in milliseconds; then one message tries whether it is back. */
export interface Patience {
  /** So many failures in a row. */
  readonly failures: number;
  readonly rest: number;
}

/** How long a provider that is down is left alone. */
const PATIENCE: Patience = { failures: 10, rest: 5000 };

/** How fast messages go to one provider: never above its rate, and hardly at all while it is down. */
export class Pace {
  private readonly bucket: Bucket | null;
  private readonly breaker;
  private openedAt = 0;

  constructor(
    perSecond: number,
    private readonly patience = PATIENCE,
    private readonly now: () => number = () => performance.now(),
  ) {
    const rate = { perMinute: perSecond * 60, burst: perSecond };
    this.bucket = Number.isFinite(perSecond) ? new Bucket(rate, now()) : null;
    this.breaker = circuitBreaker(handleWhen(isProvidersFault), {
      halfOpenAfter: patience.rest,
      breaker: new ConsecutiveBreaker(patience.failures),
    });
    this.breaker.onBreak(() => {
      this.openedAt = this.now();
    });
  }

  /** How many of so many messages may go just now. */
  room(wanted: number): number {
    if (this.breaker.state === CircuitState.HalfOpen) return 0;
    if (this.breaker.state === CircuitState.Open)
      return this.now() - this.openedAt > this.patience.rest ? Math.min(wanted, 1) : 0;
    return this.bucket ? Math.min(wanted, this.bucket.available(this.now())) : wanted;
  }

  /** Counts messages that are about to go. */
  spend(many: number): void {
    for (let n = 0; n < many; n++) this.bucket?.take();
  }

  /** Hands a message over, and learns from it whether the provider is there; throws `BrokenCircuitError` where it is left alone. */
  hand<T>(how: () => Promise<T>): Promise<T> {
    return this.breaker.execute(how);
  }
}

/** What is refused for good was at least answered. */
const isProvidersFault = (error: unknown): boolean =>
  !(error instanceof DeliveryFailure && (error.verdict === 'for_good' || !error.isProviders));
