import { Injectable } from '@nestjs/common';
import { traceparent } from '@scheduling/persistence';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { GatewayConfig } from '../config.ts';
import { limitClassOf } from '../limits/limits.policy.ts';
import { ProfilesService } from '../profiles/profiles.service.ts';
import { plainPath, type ServiceName } from '../routing/routes.policy.ts';
import { Upstreams } from '../routing/upstreams.ts';
import { AdmissionService } from './admission.service.ts';
import { Breakers } from './breakers.ts';
import { clientAddress } from './client-address.ts';
import { ClientLeft, RouteNotFound, ServiceUnavailable } from './forwarding.errors.ts';
import { towardsClient, towardsService } from './headers.policy.ts';
import { isSameTrace, traceparentOf } from './trace-context.ts';

const RETRY_MS = 25;
/** The connection failed, so the service has not begun to answer. */
const CONNECTION_FAILURES = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOTFOUND', 'UND_ERR_SOCKET']);

/** Where a request goes, and whose it is. */
interface Way {
  readonly service: ServiceName;
  readonly path: string;
  readonly address: string;
}

@Injectable()
export class ForwardService {
  constructor(
    private readonly upstreams: Upstreams,
    private readonly admission: AdmissionService,
    private readonly breakers: Breakers,
    private readonly profiles: ProfilesService,
    private readonly config: GatewayConfig,
  ) {}

  /** Lets a request pass to the service of its path, if its token is good or the path is public, and it is not one too many. */
  async forward(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const [path = ''] = (request.raw.url ?? '').split('?');
    const route = this.upstreams.find(path);
    if (!route) throw new RouteNotFound();
    const address = clientAddress(request, this.config.TRUSTED_PROXIES);
    const asked = { kind: limitClassOf(request.method, plainPath(path), route.isPublic === true), address };
    reply.headers(await this.admission.admit(request.headers, asked, route.isPublic === true));
    if (this.profiles.answer(request, reply)) return;
    const way = { service: route.service, path, address };
    await this.breakers.guard(route.service, () => this.pass(request, reply, way));
  }

  /** The body goes as it came; a type is named for reply-from's sake only, which would else write JSON. */
  private pass(request: FastifyRequest, reply: FastifyReply, { service, path, address }: Way): Promise<void> {
    const { body, headers, host, protocol, id: requestId } = request;
    const isRepeatable = request.method === 'GET' || request.method === 'HEAD';
    const given = headers['traceparent'];
    const own = traceparent() ?? traceparentOf(given);
    return new Promise((resolve, reject) => {
      // reply-from says nothing at all of a client that has left, and the breaker would wait for this one for ever.
      let isAnswered = false;
      reply.raw.once('close', () => isAnswered || reject(new ClientLeft()));
      reply.from(path, {
        getUpstream: () => this.upstreams.originOf(service),
        timeout: this.config.UPSTREAM_TIMEOUT_MS,
        ...(body instanceof Buffer && { body, contentType: headers['content-type'] ?? 'application/octet-stream' }),
        rewriteRequestHeaders: (_request, rewritten) => {
          // The state of a trace that was not taken over belongs to nothing.
          const tracestate = isSameTrace(own, given) ? headers['tracestate'] : undefined;
          const told = { ...rewritten, 'content-type': headers['content-type'], traceparent: own, tracestate };
          return towardsService(told, { requestId, ip: address, host, protocol });
        },
        rewriteHeaders: (answered) => towardsClient(answered),
        retryDelay: ({ err, attempt }) => (isRepeatable && attempt === 0 && isConnectionFailure(err) ? RETRY_MS : null),
        onResponse: (_request, _reply, answer) => {
          this.profiles.send(request, reply, answer.stream);
          isAnswered = true;
          resolve();
        },
        onError: (_reply, { error }) => reject(new ServiceUnavailable(service, error.cause ?? error)),
      });
    });
  }
}

const isConnectionFailure = (error: Error | null): boolean =>
  error !== null && 'code' in error && CONNECTION_FAILURES.has(String(error.code));
