import { randomUUID } from 'node:crypto';
import cors from '@fastify/cors';
import helmet from '@fastify/helmet';
import replyFrom from '@fastify/reply-from';
import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { loggable } from '@scheduling/domain';
import { problemOf, sendProblem } from '@scheduling/service-kit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { GatewayConfig } from '../config.ts';
import { nameOf } from '../routing/routes.policy.ts';
import { AdmissionService } from './admission.service.ts';
import { ForwardService } from './forward.service.ts';
import { ClientLeft, ServiceRests } from './forwarding.errors.ts';

const CONNECTIONS_PER_SERVICE = 64;
/** A page that a service makes says itself what it may load; anything else loads nothing. */
const NOTHING = { useDefaults: false, directives: { 'default-src': ["'none'"], 'frame-ancestors': ["'none'"] } };
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];
/** What scripts of other origins may read beside the body. */
const EXPOSED = ['etag', 'retry-after', 'ratelimit', 'ratelimit-policy', 'x-request-id'];
const PREFLIGHT_SECONDS = 600;

/** Prepares the HTTP server: an id for each request, the headers of every answer, and the way to the services. */
@Injectable()
export class Edge implements OnModuleInit {
  private readonly logger = new Logger(Edge.name);

  constructor(
    private readonly host: HttpAdapterHost,
    private readonly config: GatewayConfig,
    private readonly forwarding: ForwardService,
    private readonly admission: AdmissionService,
  ) {}

  onModuleInit(): void {
    const server = this.host.httpAdapter.getInstance<FastifyInstance>();
    // The id is made here, whatever the client sent: it ties the lines of all services together.
    server.addHook('onRequest', (request, reply, done) => {
      request.id = randomUUID();
      reply.header('x-request-id', request.id);
      done();
    });
    // What is forwarded is counted on its way; what opens a stream here is counted before anybody looks at its token.
    server.addHook('onRequest', async (request, reply) => {
      if (!request.routeOptions.url?.startsWith('/api/')) return;
      try {
        reply.headers(await this.admission.count(request));
      } catch (error) {
        this.refuse(error, request, reply);
        return reply;
      }
    });
    // What is for one person must not lie in anybody's cache, unless whoever answers says that it may.
    server.addHook('onSend', (_request, reply, _body, done) => {
      if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
      done();
    });
    void server.register(helmet, { contentSecurityPolicy: NOTHING });
    this.letPagesIn(server);

    const timeout = this.config.UPSTREAM_TIMEOUT_MS;
    void server.register(replyFrom, {
      undici: { connections: CONNECTIONS_PER_SERVICE, pipelining: 1, headersTimeout: timeout, bodyTimeout: timeout },
      disableCache: true,
      disableRequestLogging: true,
      destroyAgent: true,
    });
    // Whatever no route of the gateway's own takes. It goes past the framework, which would cost more than the forwarding.
    server.route({ method: METHODS, url: '/*', handler: (request, reply) => this.forward(request, reply) });
  }

  private letPagesIn(server: FastifyInstance): void {
    const { CORS_ORIGINS: origin } = this.config;
    if (origin.length === 0) return;
    void server.register(cors, { origin, methods: METHODS, exposedHeaders: EXPOSED, maxAge: PREFLIGHT_SECONDS });
  }

  private async forward(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    try {
      await this.forwarding.forward(request, reply);
    } catch (error) {
      this.refuse(error, request, reply);
    }
    return reply;
  }

  private refuse(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    // A client that has left hears nothing, and is nobody's fault.
    if (error instanceof ClientLeft || reply.raw.destroyed) return;
    const problem = problemOf(error);
    if (problem.status >= 500 && !(error instanceof ServiceRests)) {
      const [path = ''] = (request.raw.url ?? '').split('?');
      const route = `${request.method} ${nameOf(path)}`;
      this.logger.error({ request_id: request.id, route, code: problem.code, error: loggable(error) });
    }
    sendProblem(reply, problem);
  }
}
