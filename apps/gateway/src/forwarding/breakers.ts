import { Injectable, Logger } from '@nestjs/common';
import { Metrics } from '@scheduling/service-kit';
import {
  BrokenCircuitError,
  circuitBreaker,
  type CircuitBreakerPolicy,
  CircuitState,
  ConsecutiveBreaker,
  handleWhen,
} from 'cockatiel';
import type { ServiceName } from '../routing/routes.policy.ts';
import { ClientLeft, ServiceRests, ServiceUnavailable } from './forwarding.errors.ts';

/** So many requests in a row that a service did not answer mean that it will not answer the next either. */
const FAILURES = 10;
/** How long nobody is let through, before one request tries again. */
const REST_MS = 2000;

/** Keeps requests from a service that does not answer, so that nobody waits for it, and it can come back. */
@Injectable()
export class Breakers {
  private readonly logger = new Logger(Breakers.name);
  private readonly breakers = new Map<ServiceName, CircuitBreakerPolicy>();

  constructor(metrics: Metrics) {
    metrics.gauge(
      {
        name: 'gateway_breaker_open',
        help: '1 where requests are kept from a service that does not answer.',
        labelNames: ['upstream'],
      },
      () =>
        [...this.breakers].map(([service, { state }]) => ({
          labels: { upstream: service },
          value: state === CircuitState.Closed ? 0 : 1,
        })),
    );
  }

  /** Lets work for a service through, or refuses it at once while the service rests. */
  async guard<T>(service: ServiceName, work: () => Promise<T>): Promise<T> {
    try {
      return await this.breakerOf(service).execute(work);
    } catch (error) {
      if (error instanceof BrokenCircuitError) throw new ServiceRests(service, error);
      throw error;
    }
  }

  private breakerOf(service: ServiceName): CircuitBreakerPolicy {
    const known = this.breakers.get(service);
    if (known) return known;
    const breaker = new ConsecutiveBreaker(FAILURES);
    // Whoever leaves while one is let through to try has not seen it answer.
    const isFailure = (error: unknown): boolean =>
      error instanceof ServiceUnavailable || (error instanceof ClientLeft && made.state === CircuitState.HalfOpen);
    const made = circuitBreaker(handleWhen(isFailure), { halfOpenAfter: REST_MS, breaker });
    made.onBreak(() => this.logger.warn({ message: 'A service does not answer, and is let rest.', upstream: service }));
    made.onReset(() => this.logger.log({ message: 'A service answers again.', upstream: service }));
    this.breakers.set(service, made);
    return made;
  }
}
