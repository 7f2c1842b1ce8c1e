import type { FastifyInstance } from 'fastify';
import type { RouteOf } from '../service.ts';
import type { Metrics } from './metrics.ts';

const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const MACHINES = /^\/(health|metrics)\b/;

/** Counts requests with how long they took and how they ended: rate, errors and duration of each route. */
export function measureRequests(server: FastifyInstance, metrics: Metrics, routeOf: RouteOf): void {
  const seconds = metrics.histogram({
    name: 'http_request_duration_seconds',
    help: 'Requests by route and status, from the first byte of the head until the answer has left.',
    labelNames: ['method', 'route', 'status'],
    buckets: BUCKETS,
  });
  server.addHook('onResponse', (request, reply, done) => {
    if (!MACHINES.test(request.url)) {
      const labels = { method: request.method, route: routeOf(request), status: String(reply.statusCode) };
      seconds.observe(labels, reply.elapsedTime / 1000);
    }
    done();
  });
}
