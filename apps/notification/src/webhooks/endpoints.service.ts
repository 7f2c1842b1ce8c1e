import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { audit, Database, once, type Repeatable, type Tx } from '@scheduling/persistence';
import { OutsideDoor } from '@scheduling/service-kit';
import {
  countEndpoints,
  deleteEndpoint,
  disableEndpoint,
  enableEndpoint,
  type Endpoint,
  endpointsOf,
  findEndpoint,
  insertEndpoint,
  lockEndpoint,
  updateEndpoint,
  type Wish,
} from './endpoints.store.ts';
import { replaceSecret } from './secrets.store.ts';
import { TooManyWebhookEndpoints, WebhookAddressNotAllowed, WebhookEndpointNotFound } from './webhooks.errors.ts';

export const MOST_ENDPOINTS = 50;
const LONGEST_URL = 2000;
/** How long the secret before goes on signing, in hours. */
const OVERLAP = 24;
const BY_HAND = 'by an operator';

/** An endpoint and what signs for it, which is shown this once. */
export interface Opened {
  readonly endpoint: Endpoint;
  readonly secret: string;
}

@Injectable()
export class EndpointsService {
  constructor(
    private readonly db: Database,
    private readonly door: OutsideDoor,
  ) {}

  /** All endpoints, the oldest first. */
  list(): Promise<Endpoint[]> {
    return this.db.transaction(endpointsOf);
  }

  /** One of them. */
  show(id: string): Promise<Endpoint> {
    return this.db.transaction(async (tx) => found(await findEndpoint(tx, id), id));
  }

  /** Has events sent to an address from now on. */
  add(wish: Wish, request: Repeatable): Promise<Opened> {
    const url = this.admitted(wish.url);
    return this.db.transaction((tx) =>
      once(tx, request, async () => {
        if ((await countEndpoints(tx)) >= MOST_ENDPOINTS) throw new TooManyWebhookEndpoints(MOST_ENDPOINTS);
        const endpoint = await insertEndpoint(tx, { ...wish, url });
        audit(tx, { action: 'WebhookEndpointAdded', subject: ['webhook_endpoint', endpoint.id] });
        return { endpoint, secret: await newSecret(tx, endpoint) };
      }),
    );
  }

  /** Changes what is said, and nothing else of it; whoever is enabled again gets all that has waited. */
  change(id: string, { isEnabled, ...wish }: Partial<Wish> & { readonly isEnabled?: boolean }): Promise<Endpoint> {
    const url = wish.url === undefined ? {} : { url: this.admitted(wish.url) };
    return this.db.transaction(async (tx) => {
      const before = found(await lockEndpoint(tx, id), id);
      await updateEndpoint(tx, id, { ...before, ...wish, ...url });
      audit(tx, { action: 'WebhookEndpointChanged', subject: ['webhook_endpoint', id] });
      if (isEnabled === false) await disableEndpoint(tx, id, BY_HAND);
      // What has failed at one address says nothing of another.
      const isMoved = before.isEnabled && isEnabled !== false && (url.url ?? before.url) !== before.url;
      if (isMoved || (isEnabled === true && !before.isEnabled)) await enableEndpoint(tx, id);
      return found(await findEndpoint(tx, id), id);
    });
  }

  /** Forgets an endpoint, and what has waited for it. */
  remove(id: string): Promise<void> {
    return this.db.transaction(async (tx) => {
      if (!(await deleteEndpoint(tx, id))) throw new WebhookEndpointNotFound(id);
      audit(tx, { action: 'WebhookEndpointRemoved', subject: ['webhook_endpoint', id] });
    });
  }

  /** Has another secret sign; for a day the one before signs too, so that nothing is refused meanwhile. */
  rotate(id: string, request: Repeatable): Promise<Opened> {
    return this.db.transaction((tx) =>
      once(tx, request, async () => {
        const endpoint = found(await lockEndpoint(tx, id), id);
        audit(tx, { action: 'WebhookSecretRotated', subject: ['webhook_endpoint', id] });
        return { endpoint, secret: await newSecret(tx, endpoint) };
      }),
    );
  }

  private admitted(address: string): string {
    const url = URL.parse(address.trim());
    if (!url || !this.door.admits(url)) throw new WebhookAddressNotAllowed();
    url.hash = '';
    // What is not written in the letters of addresses is longer when it is.
    if (url.href.length > LONGEST_URL) throw new WebhookAddressNotAllowed();
    return url.href;
  }
}

/** 32 random octets, as Standard Webhooks writes them. */
async function newSecret(tx: Tx, { id }: Endpoint): Promise<string> {
  const secret = `whsec_${randomBytes(32).toString('base64')}`;
  await replaceSecret(tx, id, secret, OVERLAP);
  return secret;
}

function found(endpoint: Endpoint | undefined, id: string): Endpoint {
  if (!endpoint) throw new WebhookEndpointNotFound(id);
  return endpoint;
}
