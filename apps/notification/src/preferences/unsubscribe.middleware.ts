import type { IncomingMessage, ServerResponse } from 'node:http';

/** What mail programs and browsers post is a form of either kind, and says nothing that the address does not: it is let go unread. */
export function withoutForm({ headers }: IncomingMessage, _response: ServerResponse, next: () => void): void {
  for (const name of ['content-type', 'content-length', 'transfer-encoding']) delete headers[name];
  next();
}
