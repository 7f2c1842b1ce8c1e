import { request, type Agent, type OutgoingHttpHeaders } from 'node:http';

const PATIENCE_MS = 5000;

/** A request that a double sends to us. */
export interface Posting {
  readonly url: string;
  readonly headers: OutgoingHttpHeaders;
  readonly body: string;
}

/** Posts once; gives the status of the answer, 0 when there was none. */
export function post({ url, headers, body }: Posting, agent: Agent, end: AbortSignal): Promise<number> {
  return new Promise((done) => {
    const signal = AbortSignal.any([end, AbortSignal.timeout(PATIENCE_MS)]);
    const length = { 'content-length': Buffer.byteLength(body) };
    const sending = request(url, { method: 'POST', headers: { ...headers, ...length }, agent, signal }, (answer) => {
      answer.resume().on('error', () => undefined);
      done(answer.statusCode ?? 0);
    });
    sending.on('error', () => done(0));
    sending.end(body);
  });
}
