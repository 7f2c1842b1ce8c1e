import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { loggable } from '@scheduling/domain';
import { Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { GatewayConfig } from '../config.ts';
import { TooManyRequests } from './limits.errors.ts';
import { forAddress, type Limit, LIMIT_CLASSES, type LimitClass, limitsFrom, usualLimits } from './limits.policy.ts';

/** What a limit said of one request. */
export interface Allowance {
  readonly policy: string;
  readonly limit: Limit;
  readonly remaining: number;
  /** Until the window begins anew. */
  readonly resetSeconds: number;
}

type Limiter = RateLimiterMemory | RateLimiterRedis;

/** Redis may be away for so long before memory takes its place: a limit must not cost more than the request. */
const PATIENCE_MS = 100;

/** Counts what people and addresses ask for: in Redis for all replicas where there is one, else each replica for itself. */
@Injectable()
export class LimitsService implements OnModuleDestroy {
  private readonly logger = new Logger(LimitsService.name);
  private readonly redis: Redis | null;
  private readonly limiters = new Map<string, { limiter: Limiter; limit: Limit }>();

  constructor({ RATE_LIMITS, REDIS_URL }: GatewayConfig) {
    const isOff = RATE_LIMITS === 'off';
    this.redis = isOff || REDIS_URL === undefined ? null : this.connect(REDIS_URL);
    const limits = RATE_LIMITS === undefined || isOff ? usualLimits() : limitsFrom(RATE_LIMITS)!;
    for (const name of isOff ? [] : LIMIT_CLASSES) {
      this.limiters.set(`${name}-person`, this.limiter(`${name}-person`, limits[name]));
      this.limiters.set(`${name}-address`, this.limiter(`${name}-address`, forAddress(limits[name])));
    }
  }

  /** Counts a request of an address or of a person; null where nothing is limited. Refuses one too many. */
  async count(by: 'person' | 'address', who: string, of: LimitClass): Promise<Allowance | null> {
    const policy = `${of}-${by}`;
    const found = this.limiters.get(policy);
    if (!found) return null;
    try {
      return allowance(policy, found.limit, await found.limiter.consume(who));
    } catch (error) {
      if (error instanceof RateLimiterRes) throw new TooManyRequests(policy, Math.ceil(error.msBeforeNext / 1000));
      throw error;
    }
  }

  onModuleDestroy(): void {
    this.redis?.disconnect();
  }

  private limiter(name: string, limit: Limit): { limiter: Limiter; limit: Limit } {
    const memory = new RateLimiterMemory({ keyPrefix: name, points: limit.requests, duration: limit.seconds });
    if (!this.redis) return { limiter: memory, limit };
    const settings = { keyPrefix: `scheduling:limit:${name}`, points: limit.requests, duration: limit.seconds };
    return { limiter: new RateLimiterRedis({ ...settings, storeClient: this.redis, insuranceLimiter: memory }), limit };
  }

  private connect(url: string): Redis {
    const settings = { commandTimeout: PATIENCE_MS, maxRetriesPerRequest: 0, enableOfflineQueue: false };
    const redis = new Redis(url, settings);
    let isTold = false;
    redis.on('error', (error) => {
      if (!isTold)
        this.logger.warn({ message: 'Redis does not answer: limits are counted here.', error: loggable(error) });
      isTold = true;
    });
    redis.on('ready', () => (isTold = false));
    return redis;
  }
}

const allowance = (policy: string, limit: Limit, { remainingPoints, msBeforeNext }: RateLimiterRes): Allowance => ({
  policy,
  limit,
  remaining: Math.max(0, remainingPoints),
  resetSeconds: Math.ceil(msBeforeNext / 1000),
});

/** The `RateLimit` fields of draft-ietf-httpapi-ratelimit-headers-10: what is left of each limit, and what the limits are. */
export function limitHeaders(allowances: readonly Allowance[]): Record<string, string> {
  if (allowances.length === 0) return {};
  const left = allowances.map(({ policy, remaining, resetSeconds }) => `"${policy}";r=${remaining};t=${resetSeconds}`);
  const policies = allowances.map(({ policy, limit }) => `"${policy}";q=${limit.requests};w=${limit.seconds}`);
  return { ratelimit: left.join(', '), 'ratelimit-policy': policies.join(', ') };
}
