import type { IncomingMessage, ServerResponse } from 'node:http';

/** Google announces JSON and sends nothing, which would be refused before anybody sees its headers. */
export function withoutBody({ headers }: IncomingMessage, _response: ServerResponse, next: () => void): void {
  if (headers['content-length'] === '0') delete headers['content-type'];
  next();
}
