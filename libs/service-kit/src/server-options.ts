import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyHttpOptions, RawServerDefault } from 'fastify';

/** How long a client may take, in milliseconds: slow ones keep a connection from others. */
const PATIENCE = {
  /** To send the head of a request, and all of it. */
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  /** Longer than the idle time of usual balancers, so that it is they who close first. */
  keepAliveTimeout: 72_000,
  /** Without a byte either way, in the middle of a request or an answer. */
  connectionTimeout: 60_000,
};

/** What a server does about clients who are slow, or do not speak HTTP. */
export const SERVER_OPTIONS: FastifyHttpOptions<RawServerDefault> = {
  connectionTimeout: PATIENCE.connectionTimeout,
  requestTimeout: PATIENCE.requestTimeout,
  keepAliveTimeout: PATIENCE.keepAliveTimeout,
  http: { headersTimeout: PATIENCE.headersTimeout },
  clientErrorHandler: (error, socket) => answerNoRequest(error, socket),
};

const ANSWERS: Record<string, { status: number; code: string; title: string }> = {
  HPE_HEADER_OVERFLOW: { status: 431, code: 'headers_too_large', title: 'The head of the request is too large.' },
  ERR_HTTP_REQUEST_TIMEOUT: { status: 408, code: 'request_too_slow', title: 'The request took too long to come.' },
};
const MALFORMED = { status: 400, code: 'malformed_request', title: 'The request is not well-formed.' };

/** What Node cannot read as a request never reaches Fastify; whoever has left is told nothing. */
function answerNoRequest({ code = '' }: NodeJS.ErrnoException, socket: Socket): void {
  if (code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const problem = ANSWERS[code] ?? MALFORMED;
  const body = JSON.stringify({ type: `/problems/${problem.code}`, ...problem });
  const head = `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}\r\nConnection: close\r\n`;
  socket.end(
    `${head}Content-Type: application/problem+json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}
