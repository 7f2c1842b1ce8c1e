import { Injectable } from '@nestjs/common';
import { bearerOf, NotSignedIn, Tokens } from '@scheduling/service-kit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { GatewayConfig } from '../config.ts';
import { findRoute, type ServiceName } from '../routing/routes.policy.ts';
import { Upstreams } from '../routing/upstreams.ts';
import { RouteNotFound, ServiceUnavailable } from './forwarding.errors.ts';
import { towardsClient, towardsService } from './headers.policy.ts';
import { IntroductionService } from './introduction.service.ts';

const RETRY_MS = 25;
/** The connection failed, so the service has not begun to answer. */
const CONNECTION_FAILURES = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOTFOUND', 'UND_ERR_SOCKET']);

@Injectable()
export class ForwardService {
  constructor(
    private readonly upstreams: Upstreams,
    private readonly tokens: Tokens,
    private readonly introductions: IntroductionService,
    private readonly config: GatewayConfig,
  ) {}

  /** Lets a request pass to the service of its path, if its token is good or the path is public. */
  async forward(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const [path = ''] = (request.raw.url ?? '').split('?');
    const route = findRoute(path, this.upstreams.routes);
    if (!route) throw new RouteNotFound();
    if (!route.isPublic) await this.admit(request);
    await this.pass(request, reply, { service: route.service, path });
  }

  private async admit({ headers }: FastifyRequest): Promise<void> {
    const token = bearerOf(headers);
    if (token === null) throw new NotSignedIn();
    this.introductions.introduce(await this.tokens.verify(token), `Bearer ${token}`);
  }

  /** The body goes as it came; a type is named for reply-from's sake only, which would else write JSON. */
  private pass(
    request: FastifyRequest,
    reply: FastifyReply,
    to: { service: ServiceName; path: string },
  ): Promise<void> {
    const { body, headers, ip, host, protocol, id: requestId } = request;
    const isRepeatable = ['GET', 'HEAD'].includes(request.method);
    return new Promise((resolve, reject) => {
      reply.from(to.path, {
        getUpstream: () => this.upstreams.originOf(to.service),
        timeout: this.config.UPSTREAM_TIMEOUT_MS,
        ...(body instanceof Buffer && { body, contentType: headers['content-type'] ?? 'application/octet-stream' }),
        rewriteRequestHeaders: (_request, rewritten) =>
          towardsService({ ...rewritten, 'content-type': headers['content-type'] }, { requestId, ip, host, protocol }),
        rewriteHeaders: (answered) => towardsClient(answered),
        retryDelay: ({ err, attempt }) => (isRepeatable && attempt === 0 && isConnectionFailure(err) ? RETRY_MS : null),
        onResponse: (_request, _reply, answer) => {
          reply.send(answer.stream);
          resolve();
        },
        onError: (_reply, { error }) => reject(new ServiceUnavailable(to.service, error.cause ?? error)),
      });
    });
  }
}

const isConnectionFailure = (error: Error | null): boolean =>
  error !== null && 'code' in error && CONNECTION_FAILURES.has(String(error.code));
