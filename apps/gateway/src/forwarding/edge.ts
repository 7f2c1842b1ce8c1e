import { randomUUID } from 'node:crypto';
import replyFrom from '@fastify/reply-from';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { GatewayConfig } from '../config.ts';

const CONNECTIONS_PER_SERVICE = 64;

/** Prepares the HTTP server: connections to the services, and an id for each request. */
@Injectable()
export class Edge implements OnModuleInit {
  constructor(
    private readonly host: HttpAdapterHost,
    private readonly config: GatewayConfig,
  ) {}

  onModuleInit(): void {
    const server = this.host.httpAdapter.getInstance<FastifyInstance>();
    // The id is made here, whatever the client sent: it ties the lines of all services together.
    server.addHook('onRequest', (request, reply, done) => {
      request.id = randomUUID();
      reply.header('x-request-id', request.id);
      done();
    });

    const timeout = this.config.UPSTREAM_TIMEOUT_MS;
    void server.register(replyFrom, {
      undici: { connections: CONNECTIONS_PER_SERVICE, pipelining: 1, headersTimeout: timeout, bodyTimeout: timeout },
      disableCache: true,
      disableRequestLogging: true,
      destroyAgent: true,
    });
  }
}
