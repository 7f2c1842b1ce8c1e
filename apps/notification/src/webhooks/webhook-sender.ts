import { request as requestByHttp, type IncomingMessage } from 'node:http';
import { request as requestByHttps } from 'node:https';
import { AddressRefused, type OutsideDoor } from '@scheduling/service-kit';
import { Webhook } from 'standardwebhooks';
import { retryAfterOf } from '../push/retry-after.ts';
import type { Taken } from './queue.store.ts';
import { webhookIdOf } from './webhook-id.ts';
import type { Refused } from './webhooks.policy.ts';

/** How long an endpoint may take to answer, in milliseconds. */
const PATIENCE = 15_000;
/** How much of an answer is let in, in octets; nothing of it is kept. */
const MOST_OCTETS = 4096;
/** Who asks to be left alone by these means it. */
const BUSY: ReadonlySet<number> = new Set([429, 503]);

/** How a try went: taken, refused, or broken off here. */
export type Outcome =
  | { readonly fate: 'taken'; readonly status: number }
  | { readonly fate: 'refused'; readonly refused: Refused }
  | { readonly fate: 'broken_off' };

/** Posts events to addresses that others gave us: those are theirs to choose, so nothing about them is trusted. */
export class WebhookSender {
  private readonly closing = new AbortController();

  constructor(
    private readonly door: OutsideDoor,
    private readonly patience = PATIENCE,
  ) {}

  /** Sends one event to one endpoint, signed, once. */
  async send(delivery: Taken, now: Date): Promise<Outcome> {
    const deadline = AbortSignal.timeout(this.patience);
    try {
      const response = await this.post(delivery, now, AbortSignal.any([deadline, this.closing.signal]));
      return outcomeOf(response, now);
    } catch (error) {
      if (this.closing.signal.aborted) return { fate: 'broken_off' };
      return refused(null, deadline.aborted ? 'timeout' : wordFor(error));
    }
  }

  /** Breaks off what is on its way. */
  close(): void {
    this.closing.abort();
  }

  private post({ url: address, body, ...delivery }: Taken, now: Date, signal: AbortSignal): Promise<IncomingMessage> {
    const url = new URL(address);
    if (!this.door.admits(url)) throw new AddressRefused('address_not_allowed');
    const request = url.protocol === 'https:' ? requestByHttps : requestByHttp;
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      'user-agent': 'preply-scheduling',
      ...signed(delivery, body, now),
    };
    // A connection of its own for each: one that is kept would skip the look at its address.
    const options = { method: 'POST', headers, signal, lookup: this.door.lookupFor(url), agent: false };
    return new Promise((answered, failed) => {
      request(url, options, (response) => {
        letIn(response);
        answered(response);
      })
        .on('error', failed)
        .end(body);
    });
  }
}

/** The headers of Standard Webhooks; each secret that is good signs. */
function signed({ eventId, endpointId, secrets }: Omit<Taken, 'url' | 'body'>, body: string, now: Date) {
  const id = webhookIdOf(eventId, endpointId);
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
    'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, now, body)).join(' '),
  };
}

/** Lets an answer end in peace, unless it is long. */
function letIn(response: IncomingMessage): void {
  let octets = 0;
  response
    .on('error', () => undefined)
    .on('data', (chunk: Buffer) => {
      octets += chunk.length;
      if (octets > MOST_OCTETS) response.destroy();
    });
}

function outcomeOf({ statusCode: status = 0, headers }: IncomingMessage, now: Date): Outcome {
  if (status >= 200 && status < 300) return { fate: 'taken', status };
  return refused(status, `answered ${status}`, BUSY.has(status) ? retryAfterOf(headers['retry-after'], now) : null);
}

const refused = (status: number | null, error: string, retryAfterMs: number | null = null): Outcome => ({
  fate: 'refused',
  refused: { status, error, retryAfterMs },
});

/** What of an error on the way matters: a word for it, without the address. */
function wordFor(error: unknown): string {
  if (error instanceof AddressRefused) return error.code;
  const { code } = error as { readonly code?: unknown };
  return typeof code === 'string' ? code : 'network';
}
