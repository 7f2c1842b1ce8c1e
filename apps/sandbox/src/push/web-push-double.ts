import { createECDH, randomBytes, randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import { type Clock, SystemClock } from '@scheduling/domain';
import type { RequestHook } from '../doubles/hooks.ts';
import { closeServer, openServer, type Place, type Received, type Reply, urlOf } from '../doubles/http-server.ts';
import type { RequestFaultSettings } from '../doubles/request-faults.ts';
import { Answering, PushRefusal, type PushRequest, restOf } from './answering.ts';
import { MOST_SHOWN, type Shown } from './shown.ts';
import { claimsOf, keyOfPoint, opened, type Secrets } from './web-push-crypto.ts';

/** How a double is set up. */
export interface WebPushDoubleOptions extends Place {
  readonly clock?: Clock;
}

/** What a browser gives its page when it subscribes. */
export interface WebSubscription {
  readonly endpoint: string;
  readonly keys: { readonly p256dh: string; readonly auth: string };
}

interface Browser extends Secrets {
  /** Whose messages it takes; anybody's while null. */
  readonly serverKey: string | null;
}

const MOST_OCTETS = 4096;
const DAY = 86_400;
const refusal = (status: number, body: string) => new PushRefusal({ status, body });

/** A push service and the browsers behind it, in memory and stateful: messages come over HTTP, as RFC 8030, 8291 and 8292 say. */
export class WebPushDouble {
  private readonly answering = new Answering({
    work: (received) => this.take(received),
    fault: (fault) => ({ status: fault.status ?? 500, body: '', headers: restOf(fault) }),
  });
  private readonly browsers = new Map<string, Browser | null>();
  private messages: Shown[] = [];
  private server!: Server;

  private constructor(private readonly clock: Clock) {}

  /** Starts a double; whoever starts it closes it. */
  static async listen({ clock = new SystemClock(), ...place }: WebPushDoubleOptions = {}): Promise<WebPushDouble> {
    const double = new WebPushDouble(clock);
    double.server = await openServer(place, (received) => double.answering.answer(received));
    return double;
  }

  /** Such as `http://127.0.0.1:4010`: the origin of every endpoint. */
  get url(): string {
    return urlOf(this.server);
  }

  /** Ends every connection. */
  async close(): Promise<void> {
    this.answering.end.abort();
    await closeServer(this.server);
  }

  /** Lets things go wrong as told from now on; with `{}` all goes well again. */
  setFaults(settings: RequestFaultSettings): void {
    this.answering.faults.set(settings);
  }

  /** Has a hook awaited before each request takes effect and before it is answered; the answer takes the hook away. */
  onRequest(hook: RequestHook): () => void {
    return this.answering.onRequest(hook);
  }

  /** What was asked, in order. */
  requests(): PushRequest[] {
    return this.answering.requests();
  }

  /** A browser subscribes, to whoever has this key (in base64url) alone where one is named. */
  subscribe(serverKey: string | null = null): WebSubscription {
    const curve = createECDH('prime256v1');
    curve.generateKeys();
    const auth = randomBytes(16);
    const id = randomUUID();
    this.browsers.set(id, { curve, auth, serverKey });
    const keys = { p256dh: curve.getPublicKey('base64url'), auth: auth.toString('base64url') };
    return { endpoint: `${this.url}/push/${id}`, keys };
  }

  /** A browser wants nothing more. */
  unsubscribe(endpoint: string): void {
    this.browsers.set(idOf(endpoint), null);
  }

  /** What came, the oldest first. */
  shown(): Shown[] {
    return [...this.messages];
  }

  private take({ method, path, headers, octets }: Received): Reply {
    const address = `${this.url}${path}`;
    const browser = this.browsers.get(idOf(path));
    if (method !== 'POST' || browser === undefined) throw refusal(404, 'There is no such subscription.');
    if (browser === null) throw refusal(410, 'The subscription has ended.');
    this.checkSender(headers.authorization ?? '', browser);
    const { ttl = '', urgency = 'normal', topic = '' } = headers;
    if (!/^\d{1,9}$/.test(String(ttl))) throw refusal(400, 'TTL is missing.');
    if (!/^[\w-]{0,32}$/.test(String(topic))) throw refusal(400, 'Topic is no topic.');
    if (octets.length > MOST_OCTETS) throw refusal(413, 'The message is too large.');
    if (headers['content-encoding'] !== 'aes128gcm') throw refusal(415, 'Only aes128gcm is taken.');
    const seconds = Number(ttl);
    this.keep({
      address,
      isUrgent: urgency === 'high',
      seconds,
      receivedAt: this.clock.now(),
      ...textOf(octets, browser),
    });
    return { status: 201, body: '', headers: { location: `${this.url}/messages/${randomUUID()}` } };
  }

  private checkSender(authorization: string, { serverKey }: Browser): void {
    const [, token = '', key = ''] = /^vapid t=([\w.-]+), k=([\w-]+)$/.exec(authorization) ?? [];
    if (serverKey !== null && key !== serverKey) throw refusal(403, 'The subscription is somebody else’s.');
    const now = this.clock.now().getTime() / 1000;
    try {
      const { aud, exp, sub } = claimsOf(token, keyOfPoint(key), 'ES256');
      const isGood = aud === this.url && Number(exp) > now && Number(exp) <= now + DAY;
      if (!isGood || !/^(mailto:|https:)/.test(String(sub))) throw new Error('its claims are wrong');
    } catch (error) {
      throw refusal(401, `The token is not good: ${String(error)}`);
    }
  }

  private keep(shown: Shown): void {
    this.messages = [...this.messages.slice(1 - MOST_SHOWN), shown];
  }
}

const idOf = (address: string): string => address.slice(address.lastIndexOf('/') + 1);

function textOf(octets: Buffer, browser: Browser): Pick<Shown, 'title' | 'body' | 'link' | 'tag' | 'kind'> {
  try {
    const { title, body, link, tag, kind } = JSON.parse(opened(octets, browser)) as Record<string, unknown>;
    return { title: word(title), body: word(body), link: word(link), tag: word(tag), kind: word(kind) };
  } catch (error) {
    throw refusal(400, `It cannot be opened: ${String(error)}`);
  }
}

const word = (value: unknown): string => (typeof value === 'string' ? value : '');
