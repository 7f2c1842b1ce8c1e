import { request as requestByHttp, type IncomingMessage } from 'node:http';
import { request as requestByHttps } from 'node:https';
import { createHash } from 'node:crypto';
import { AddressRefused, OutsideDoor } from '@scheduling/service-kit';
import { generateRequestDetails, type RequestDetails } from 'web-push';
import type { NotificationConfig } from '../config.ts';
import type { Device } from './device.ts';
import { type Outcome, unheard } from './outcome.ts';
import type { Push } from './push-content.ts';
import { retryAfterOf } from './retry-after.ts';
import { webPushOutcomeOf, webPushPayloadOf } from './web-push-message.policy.ts';

/** How long one request may take, in milliseconds: a person names whom we ask, and must not keep us waiting. */
const PATIENCE = 5000;
/** Push services keep nothing longer, in seconds. */
const LONGEST = 2_419_200;

/** Web Push (RFC 8030): to wherever browsers say, so nothing about the address is trusted. */
export class WebPushClient {
  private readonly door: OutsideDoor;
  private readonly vapid: { readonly subject: string; readonly publicKey: string; readonly privateKey: string } | null;

  constructor(
    { VAPID_PUBLIC_KEY, VAPID_PRIVATE_KEY, VAPID_SUBJECT, PUSH_LOCAL_ORIGIN }: NotificationConfig,
    private readonly patience = PATIENCE,
  ) {
    this.door = new OutsideDoor(PUSH_LOCAL_ORIGIN);
    this.vapid =
      VAPID_PUBLIC_KEY && VAPID_PRIVATE_KEY && VAPID_SUBJECT
        ? { subject: VAPID_SUBJECT, publicKey: VAPID_PUBLIC_KEY, privateKey: VAPID_PRIVATE_KEY }
        : null;
  }

  /** Whether keys are set up. */
  get isOn(): boolean {
    return this.vapid !== null;
  }

  /** What browsers subscribe with; null while web push is off. */
  get publicKey(): string | null {
    return this.vapid?.publicKey ?? null;
  }

  /** An endpoint as it is written down, or null where it may not be asked. */
  admitted(endpoint: string): string | null {
    const url = URL.parse(endpoint);
    if (!url || !this.door.admits(url)) return null;
    url.hash = '';
    return url.href;
  }

  /** Sends a message to one browser; what waits for it already under the same topic is replaced. */
  async send({ address, keys }: Device, push: Push, now: Date): Promise<Outcome> {
    const { vapid: vapidDetails } = this;
    const url = URL.parse(address);
    if (!vapidDetails || !keys || !url || !this.door.admits(url))
      return { fate: 'refused', code: 'address_not_allowed' };
    const deadline = AbortSignal.timeout(this.patience);
    try {
      const details = generateRequestDetails({ endpoint: url.href, keys }, webPushPayloadOf(push), {
        vapidDetails,
        TTL: Math.min(Math.ceil((push.until.getTime() - now.getTime()) / 1000), LONGEST),
        urgency: push.isUrgent ? 'high' : 'normal',
        // 32 letters at most.
        topic: createHash('sha256').update(push.id).digest('base64url').slice(0, 32),
      });
      const { statusCode = 0, headers } = await this.ask(url, details, deadline);
      return webPushOutcomeOf(statusCode, retryAfterOf(headers['retry-after'], now));
    } catch (error) {
      return deadline.aborted ? unheard('timeout') : failedBy(error);
    }
  }

  private ask(url: URL, { headers, body }: RequestDetails, signal: AbortSignal): Promise<IncomingMessage> {
    const request = url.protocol === 'https:' ? requestByHttps : requestByHttp;
    // A connection of its own for each: one that is kept would skip the look at its address.
    const options = { method: 'POST', headers, signal, lookup: this.door.lookupFor(url), agent: false };
    return new Promise((answered, failed) => {
      request(url, options, (response) => {
        // What it says besides is not read.
        response.on('error', () => undefined).destroy();
        answered(response);
      })
        .on('error', failed)
        .end(body);
    });
  }
}

/** What of an error on the way matters: a word for it, without the address. */
function failedBy(error: unknown): Outcome {
  // What a name means now will hardly change while the message is worth telling.
  if (error instanceof AddressRefused) return { fate: 'refused', code: error.code };
  const { code } = error as { readonly code?: unknown };
  return unheard(typeof code === 'string' ? code : 'network');
}
