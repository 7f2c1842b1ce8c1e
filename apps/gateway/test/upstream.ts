import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** A request as a service got it. */
export interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** A service that remembers what it was asked; it says its name unless a test has it say something else. */
export interface Upstream {
  readonly url: string;
  readonly seen: Seen[];
  answer: RequestListener;
  readonly close: () => Promise<void>;
}

/** Starts a service on a port of its own, or on the one named. */
export async function upstream(name: string, port = 0): Promise<Upstream> {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    void buffer(request).then((body) => {
      const { method = '', url = '', headers } = request;
      seen.push({ method, url, headers, body });
      self.answer(request, response);
    });
  });
  await new Promise<void>((ready) => server.listen(port, '127.0.0.1', ready));
  const self: Upstream = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    answer: (_request, response) => response.end(name),
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
  return self;
}
