import { SpanKind, trace } from '@opentelemetry/api';
import { continueTrace } from '@scheduling/persistence';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { RouteOf } from '../service.ts';

/** What is asked every few seconds by machines tells nothing. */
const UNTOLD = /^\/(health|metrics)\b/;

/** Makes each request a step of the trace that its `traceparent` names, or the first of a new one. */
export function traceRequests(server: FastifyInstance, service: string, routeOf: RouteOf): void {
  server.addHook('onRequest', (request, reply, done) => {
    if (UNTOLD.test(request.url)) return done();
    const route = routeOf(request);
    const step = {
      name: `${request.method} ${route}`,
      kind: SpanKind.SERVER,
      attributes: attributesOf(request, route),
    };
    const { traceparent } = request.headers;
    void continueTrace(service, String(traceparent ?? ''), step, async () => {
      const span = trace.getActiveSpan();
      const answered = new Promise((resolve) => reply.raw.once('close', resolve));
      done();
      await answered;
      span?.setAttribute('http.response.status_code', reply.statusCode);
    });
  });
}

const attributesOf = (request: FastifyRequest, route: string) => ({
  'http.request.method': request.method,
  'http.route': route,
  'scheduling.request_id': request.id,
});
