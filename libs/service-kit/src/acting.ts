import { type Acting, actAs } from '@scheduling/persistence';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** In characters; a chain of proxies is shorter, and whoever writes the header may write anything. */
const LONGEST_ADDRESS = 200;
const LONGEST_REASON = 500;

/**
 * Lets all that a request sets off know where it comes from; the guard adds the person. The body has been read by then, since a
 * reason may stand in it.
 */
export function actForRequests(server: FastifyInstance): void {
  server.addHook('preValidation', (request, _reply, done) => actAs(actingFor(request), done));
}

const actingFor = (request: FastifyRequest): Acting => ({
  personId: null,
  roles: ['public'],
  requestId: request.id,
  address: addressesOf(request),
  cause: `${request.method} ${request.routeOptions.url}`,
  why: reasonIn(request.body),
});

/** The whole chain as it was told: only its last part is sure, and which others are is for whoever reads it to say. */
function addressesOf({ headers, socket }: FastifyRequest): string {
  const told = [headers['x-forwarded-for'] ?? []].flat();
  return [...told, socket.remoteAddress ?? 'unknown'].join(', ').slice(-LONGEST_ADDRESS);
}

function reasonIn(body: unknown): string | null {
  const reason = typeof body === 'object' && body !== null && 'reason' in body ? body.reason : null;
  return typeof reason === 'string' ? reason.slice(0, LONGEST_REASON) : null;
}
