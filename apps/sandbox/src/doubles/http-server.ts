import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

const MOST_OCTETS = 100_000;

/** A request as a double reads it. */
export interface Received {
  readonly method: string;
  /** Without the query, such as `/v1/refunds`. */
  readonly path: string;
  readonly query: string;
  readonly body: string;
  /** The body as it came, for what is no text. */
  readonly octets: Buffer;
  readonly headers: IncomingHttpHeaders;
}

/** What a double answers: JSON, unless its headers say otherwise. */
export interface Reply {
  readonly status: number;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Gives an answer, or nothing: then the connection is cut. */
type Answering = (received: Received) => Promise<Reply | undefined>;

/** Where a double listens. */
export interface Place {
  /** 0, or none, takes a free port. */
  readonly port?: number;
  /** The loopback, if nothing is said: a double asks nobody who they are. */
  readonly host?: string;
}

/** How each server is called that listens. */
const hosts = new WeakMap<Server, string>();

/** Starts a server, and waits until it listens. */
export async function openServer({ port = 0, host = '127.0.0.1' }: Place, answering: Answering): Promise<Server> {
  const server = createServer((request, response) => void serve(request, response, answering));
  await new Promise<void>((ready, fail) => {
    server.once('error', fail);
    server.listen(port, host, () => {
      server.off('error', fail);
      ready();
    });
  });
  hosts.set(server, host);
  return server;
}

/** Ends every connection of a server, and the server. */
export async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>((done) => server.close(() => done()));
  server.closeAllConnections();
  await closed;
}

/** Where a server that listens is asked, such as `http://127.0.0.1:4010`. */
export const urlOf = (server: Server): string => `http://${hosts.get(server)}:${portOf(server)}`;

/** The port of a server that listens. */
export const portOf = (server: Server): number => (server.address() as AddressInfo).port;

async function serve(request: IncomingMessage, response: ServerResponse, answering: Answering): Promise<void> {
  // Whoever asked may be gone at any moment; that is what a double is asked to bear.
  request.on('error', () => undefined);
  response.on('error', () => undefined);
  const received = await read(request).catch(() => undefined);
  const reply = received && (await answering(received));
  if (!reply) {
    request.socket.resetAndDestroy();
    return;
  }
  const { status, body, headers } = reply;
  const content = body === '' ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
  response.writeHead(status, { ...content, ...headers }).end(body);
}

async function read(request: IncomingMessage): Promise<Received | undefined> {
  const { method = 'GET', url = '/', headers } = request;
  const chunks: Buffer[] = [];
  let octets = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    octets += chunk.length;
    if (octets > MOST_OCTETS) return undefined;
    chunks.push(chunk);
  }
  const [path = '', query = ''] = url.split('?', 2);
  const whole = Buffer.concat(chunks);
  return { method, path, query, body: whole.toString('utf8'), octets: whole, headers };
}
