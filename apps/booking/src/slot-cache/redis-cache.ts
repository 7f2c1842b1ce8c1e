import { randomUUID } from 'node:crypto';
import { Logger } from '@nestjs/common';
import { loggable, type PersonId } from '@scheduling/domain';
import { Redis } from 'ioredis';
import { LRUCache } from 'lru-cache';
import { type KeptAnswer, type Look, SlotCache } from './slot-cache.ts';

/** Longer than any read may take, so that no answer outlives the generation that it was read in. */
const FORGOTTEN_AFTER_MS = 60_000;
/** A Redis that takes longer is no help. */
const PATIENCE_MS = 100;
const MOST_TUTORS = 100_000;
/** Answers die within seconds, but their places stay as long as somebody asks. */
const MOST_QUERIES = 64;
const WARN_EVERY_MS = 10_000;
const GENERATION = 'generation';

/** Keeps an answer if its generation still stands; a tutor of whom nothing is known has the empty one. */
const KEEP = `
  local generation = redis.call('hget', KEYS[1], '${GENERATION}') or ''
  if generation ~= ARGV[1] then return 0 end
  if redis.call('hlen', KEYS[1]) > ${MOST_QUERIES} then
    redis.call('del', KEYS[1])
    if generation ~= '' then redis.call('hset', KEYS[1], '${GENERATION}', generation) end
  end
  redis.call('hset', KEYS[1], ARGV[2], ARGV[3])
  redis.call('pexpire', KEYS[1], ${FORGOTTEN_AFTER_MS})
  return 1`;

/** Keeps answers for all replicas. A Redis that fails or dawdles is as good as an empty one, and never an error. */
export class RedisCache extends SlotCache {
  private readonly logger = new Logger(RedisCache.name);
  private readonly redis: Redis;
  /** Tutors whose answers in Redis may be older than what this process knows, and until when. */
  private readonly unsure = new LRUCache<PersonId, string>({ max: MOST_TUTORS, ttl: FORGOTTEN_AFTER_MS });
  private warnedAt = -Infinity;

  constructor(url: string) {
    super();
    this.redis = new Redis(url, {
      commandTimeout: PATIENCE_MS,
      connectTimeout: 2000,
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      retryStrategy: (times) => Math.min(times * 100, 2000),
    });
    this.redis.on('error', (error) => this.warn(error));
  }

  override async look(tutorId: PersonId, query: string): Promise<Look> {
    if (this.unsure.has(tutorId)) return { answer: null, generation: null };
    try {
      const [generation, text] = await this.redis.hmget(keyOf(tutorId), GENERATION, query);
      // What happened while Redis was asked has made the answer old.
      if (this.unsure.has(tutorId)) return { answer: null, generation: null };
      return { answer: text ? (JSON.parse(text) as KeptAnswer) : null, generation: generation ?? '' };
    } catch (error) {
      this.warn(error);
      return { answer: null, generation: null };
    }
  }

  override async keep(tutorId: PersonId, query: string, generation: string, answer: KeptAnswer): Promise<void> {
    try {
      await this.redis.eval(KEEP, 1, keyOf(tutorId), generation, query, JSON.stringify(answer));
    } catch (error) {
      this.warn(error);
    }
  }

  override async drop(tutorId: PersonId): Promise<void> {
    const generation: string = randomUUID();
    this.unsure.set(tutorId, generation);
    try {
      const key = keyOf(tutorId);
      await this.redis.multi().del(key).hset(key, GENERATION, generation).pexpire(key, FORGOTTEN_AFTER_MS).exec();
      // Unless something newer has happened meanwhile, which is on its way to Redis as well.
      if (this.unsure.get(tutorId) === generation) this.unsure.delete(tutorId);
    } catch (error) {
      this.warn(error);
    }
  }

  override async close(): Promise<void> {
    this.redis.disconnect();
  }

  private warn(error: unknown): void {
    if (Date.now() - this.warnedAt < WARN_EVERY_MS) return;
    this.warnedAt = Date.now();
    this.logger.warn({ message: 'Redis does not answer; lists are read from the database.', error: loggable(error) });
  }
}

const keyOf = (tutorId: PersonId): string => `slots:${tutorId}`;
