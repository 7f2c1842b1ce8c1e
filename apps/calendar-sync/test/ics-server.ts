import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How one request is answered. */
export type Answering = (request: IncomingMessage, response: ServerResponse) => void;

/** A server for calendar files that does what a test says, be it decent or not. */
export async function icsServer() {
  const asked: IncomingMessage[] = [];
  const paths = new Map<string, Answering>();
  const server = createServer((request, response) => {
    response.on('error', () => undefined);
    asked.push(request);
    const answering = paths.get(request.url!);
    if (answering) answering(request, response);
    else response.writeHead(404).end();
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    asked,
    /** The requests for a path so far. */
    askedFor: (path: string) => asked.filter(({ url }) => url === path),
    /** Answers a path like this from now on. */
    on: (path: string, answering: Answering) => void paths.set(path, answering),
    /** Has a file at a path from now on. */
    put: (path: string, text: string, headers: Record<string, string> = {}) =>
      void paths.set(path, (_, response) => response.writeHead(200, headers).end(text)),
    async close(): Promise<void> {
      const closed = new Promise<void>((done) => server.close(() => done()));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** A calendar of these lines, with the line ends that calendars have. */
export const calendar = (...lines: string[]): string =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Test//Test//EN', ...lines, 'END:VCALENDAR', ''].join('\r\n');

/** An event of these lines. */
export const vevent = (...lines: string[]): string[] => ['BEGIN:VEVENT', ...lines, 'END:VEVENT'];
