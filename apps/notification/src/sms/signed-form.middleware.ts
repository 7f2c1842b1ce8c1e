import type { IncomingMessage, ServerResponse } from 'node:http';

/** A form of Twilio's is never longer, in octets. */
const LONGEST = 20_000;
const FORM = /^application\/x-www-form-urlencoded\b/i;

/** A request whose body was a form. */
export interface Formed extends IncomingMessage {
  /** The body, as it came. */
  form?: string;
}

/** Twilio posts forms, and signs what stands in them: one is read here, and lies beside the request, since bodies are JSON everywhere else. */
export function withSignedForm(request: Formed, _response: ServerResponse, next: () => void): void {
  if (!FORM.test(request.headers['content-type'] ?? '')) return next();
  for (const name of ['content-type', 'content-length', 'transfer-encoding']) delete request.headers[name];
  const chunks: Buffer[] = [];
  let octets = 0;
  request.on('data', (chunk: Buffer) => {
    octets += chunk.length;
    // What is too long is let go unread.
    if (octets <= LONGEST) chunks.push(chunk);
  });
  request.on('error', () => undefined);
  request.once('end', () => {
    if (octets <= LONGEST) request.form = Buffer.concat(chunks).toString('utf8');
    next();
  });
}
