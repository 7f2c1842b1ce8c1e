import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { Injectable, Logger } from '@nestjs/common';
import { loggable } from '@scheduling/domain';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import { Facts } from '../facts/facts.ts';

/** What all who are signed in see alike: the list of tutors, and one of them. */
const PROFILES = /^\/api\/v1\/accounts\/tutors(\/[^/?]+)?(\?|$)/;
const MOST = 2000;
const LARGEST = 100_000;
/** A replica of accounts that did not know of a change yet may be asked just then: what it said is soon asked again. */
const KEPT_MS = 30_000;
const CACHE_CONTROL = 'private, no-cache';

interface Kept {
  readonly body: Buffer;
  readonly etag: string;
  readonly type: string;
}

/** Keeps the profiles of tutors, until somebody changes. */
@Injectable()
export class ProfilesService {
  private readonly logger = new Logger(ProfilesService.name);
  private readonly kept = new LRUCache<string, Kept>({ max: MOST, ttl: KEPT_MS });
  /** Grows with each change: what was asked for before one is not kept after it. */
  private generation = 0;
  private readonly asked = new WeakMap<FastifyRequest, number>();

  constructor(facts: Facts) {
    facts.onBegin(() => this.drop());
    facts.hear('accounts', () => this.drop());
  }

  /** Answers what is kept; says whether it did. The caller has been let in by then. */
  answer(request: FastifyRequest, reply: FastifyReply): boolean {
    if (!isProfile(request)) return false;
    this.asked.set(request, this.generation);
    const kept = this.kept.get(request.raw.url!);
    if (kept) answerWith(kept, request, reply);
    return kept !== undefined;
  }

  /** Sends what accounts answered on to the client, and keeps a profile. */
  send(request: FastifyRequest, reply: FastifyReply, stream: NodeJS.ReadableStream): void {
    if (!isProfile(request) || reply.statusCode !== 200) return void reply.send(stream);
    buffer(stream).then(
      (body) => this.keep(request, reply, body),
      (error: unknown) => {
        this.logger.warn({ message: 'An answer broke off.', error: loggable(error) });
        reply.raw.destroy();
      },
    );
  }

  private keep(request: FastifyRequest, reply: FastifyReply, body: Buffer): void {
    const etag = `"${createHash('sha1').update(body).digest('base64url')}"`;
    const kept = { body, etag, type: String(reply.getHeader('content-type')) };
    const isFresh = this.asked.get(request) === this.generation;
    if (isFresh && body.length <= LARGEST) this.kept.set(request.raw.url!, kept);
    answerWith(kept, request, reply);
  }

  private drop(): void {
    this.generation += 1;
    this.kept.clear();
  }
}

const isProfile = ({ method, raw }: FastifyRequest): boolean => method === 'GET' && PROFILES.test(raw.url ?? '');

function answerWith({ body, etag, type }: Kept, { headers }: FastifyRequest, reply: FastifyReply): void {
  reply.removeHeader('content-length');
  void reply.headers({ etag, 'cache-control': CACHE_CONTROL, vary: 'authorization', 'content-type': type });
  const known = (headers['if-none-match'] ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  if (known.includes(etag) || known.includes('*')) void reply.status(304).send();
  else void reply.send(body);
}
