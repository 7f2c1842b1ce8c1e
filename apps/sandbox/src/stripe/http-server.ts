import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Answer, Asked } from './answer.ts';
import { newId } from './new-id.ts';

const MOST_OCTETS = 100_000;

/** Gives an answer, or nothing: then the connection is cut. */
type Answering = (asked: Asked) => Promise<Answer | undefined>;

/** Listens on the loopback only: it asks nobody who they are. */
export async function openServer(port: number, answering: Answering): Promise<Server> {
  const server = createServer((request, response) => void serve(request, response, answering));
  await new Promise<void>((ready, fail) => {
    server.once('error', fail);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', fail);
      ready();
    });
  });
  return server;
}

/** The port of a server that listens. */
export const portOf = (server: Server): number => (server.address() as AddressInfo).port;

async function serve(request: IncomingMessage, response: ServerResponse, answering: Answering): Promise<void> {
  // Whoever asked may be gone at any moment; that is what a double is asked to bear.
  request.on('error', () => undefined);
  response.on('error', () => undefined);
  const asked = await read(request).catch(() => undefined);
  const answer = asked && (await answering(asked));
  if (!asked || !answer) {
    request.socket.resetAndDestroy();
    return;
  }
  response.writeHead(answer.status, headers(asked, answer, request)).end(answer.body);
}

const headers = (asked: Asked, answer: Answer, { headers: given }: IncomingMessage) => ({
  'content-type': 'application/json',
  'content-length': Buffer.byteLength(answer.body),
  'request-id': asked.requestId,
  ...(given['stripe-version'] && { 'stripe-version': given['stripe-version'] }),
  ...(asked.idempotencyKey && { 'idempotency-key': asked.idempotencyKey, 'original-request': answer.requestId }),
  ...(answer.requestId !== asked.requestId && { 'idempotent-replayed': 'true' }),
});

async function read(request: IncomingMessage): Promise<Asked | undefined> {
  const { method = 'GET', url = '/', headers: given } = request;
  const chunks: Buffer[] = [];
  let octets = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    octets += chunk.length;
    if (octets > MOST_OCTETS) return undefined;
    chunks.push(chunk);
  }
  const [path = '', query = ''] = url.split('?', 2);
  const key = given['idempotency-key'];
  return {
    method,
    path,
    query,
    body: Buffer.concat(chunks).toString('utf8'),
    authorization: given.authorization ?? '',
    ...(typeof key === 'string' && key !== '' && { idempotencyKey: key }),
    requestId: newId('req', 14),
  };
}
