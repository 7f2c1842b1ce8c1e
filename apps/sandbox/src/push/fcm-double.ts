import { randomBytes } from 'node:crypto';
import type { Server } from 'node:http';
import { type Clock, SystemClock } from '@scheduling/domain';
import type { RequestHook } from '../doubles/hooks.ts';
import { closeServer, openServer, type Place, type Received, type Reply, urlOf } from '../doubles/http-server.ts';
import type { RequestFault, RequestFaultSettings } from '../doubles/request-faults.ts';
import { Answering, type PushRequest, restOf } from './answering.ts';
import { accountOf, type FcmAccount, newAccount } from './fcm-account.ts';
import { readMessage } from './fcm-body.ts';
import { fcmRefusal } from './fcm-refusal.ts';
import { FcmTokens } from './fcm-tokens.ts';
import { MOST_SHOWN, type Shown } from './shown.ts';

/** How a double is set up; what is left out is as the sandbox has it. */
export interface FcmDoubleOptions extends Place {
  readonly clock?: Clock;
  /** The key file of the account that may send; a new one is made where none is given. */
  readonly account?: string;
}

const OF_MESSAGES = /^\/v1\/projects\/([\w.:-]+)\/messages:send$/;

/** Firebase Cloud Messaging (HTTP v1) and the telephones behind it, in memory and stateful: its tokens and its API are asked over HTTP. */
export class FcmDouble {
  private readonly answering = new Answering({
    work: (received) => this.work(received),
    fault: (fault) => injected(fault),
  });
  private readonly telephones = new Map<string, { isIos: boolean; isThere: boolean }>();
  private readonly tokens: FcmTokens;
  private messages: Shown[] = [];
  private known?: FcmAccount;
  private server!: Server;

  private constructor(
    private readonly clock: Clock,
    account?: string,
  ) {
    this.tokens = new FcmTokens(() => clock.now());
    if (account !== undefined) this.known = accountOf(account);
  }

  /** Starts a double; whoever starts it closes it. */
  static async listen({ clock = new SystemClock(), account, ...place }: FcmDoubleOptions = {}): Promise<FcmDouble> {
    const double = new FcmDouble(clock, account);
    double.server = await openServer(place, (received) => double.answering.answer(received));
    return double;
  }

  /** Such as `http://127.0.0.1:4010`: the tokens' address and the API's. */
  get url(): string {
    return urlOf(this.server);
  }

  /** The account that may send. */
  get account(): FcmAccount {
    this.known ??= newAccount(`${this.url}/token`);
    return this.known;
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

  /** The app is installed on a telephone; answers its registration token. */
  install(platform: 'android' | 'ios'): string {
    const token = `${randomBytes(16).toString('base64url')}:APA91b${randomBytes(100).toString('base64url')}`;
    this.telephones.set(token, { isIos: platform === 'ios', isThere: true });
    return token;
  }

  /** The app is taken off a telephone. */
  uninstall(token: string): void {
    this.telephones.set(token, { isIos: false, isThere: false });
  }

  /** All access tokens are over before their time. */
  expireTokens(): void {
    this.tokens.expire();
  }

  /** What came, the oldest first. */
  shown(): Shown[] {
    return [...this.messages];
  }

  private work({ method, path, body, headers: { authorization = '' } }: Received): Reply {
    if (`${method} ${path}` === 'POST /token') return this.grant(body);
    const project = OF_MESSAGES.exec(path)?.[1];
    if (method !== 'POST' || project === undefined) throw fcmRefusal(404, 'NOT_FOUND');
    if (!this.tokens.isGood(authorization)) throw fcmRefusal(401, 'UNAUTHENTICATED');
    if (project !== this.account.project) throw fcmRefusal(403, 'PERMISSION_DENIED');
    const message = readMessage(body, (token) => this.telephones.get(token)?.isIos ?? false);
    const telephone = this.telephones.get(message.address);
    if (!telephone)
      throw fcmRefusal(400, 'INVALID_ARGUMENT', { errorCode: 'INVALID_ARGUMENT', field: 'message.token' });
    if (!telephone.isThere) throw fcmRefusal(404, 'NOT_FOUND', { errorCode: 'UNREGISTERED' });
    this.messages = [...this.messages.slice(1 - MOST_SHOWN), { ...message, receivedAt: this.clock.now() }];
    return json({ name: `projects/${project}/messages/0:${this.messages.length}` });
  }

  private grant(body: string): Reply {
    const given = this.tokens.grant(new URLSearchParams(body), this.account, `${this.url}/token`);
    return given
      ? json(given)
      : { ...json({ error: 'invalid_grant', error_description: 'Invalid JWT.' }), status: 400 };
  }
}

const json = (value: object): Reply => ({ status: 200, body: JSON.stringify(value) });

function injected(fault: RequestFault): Reply {
  const { status = 500, reason = 'INTERNAL' } = fault;
  return fcmRefusal(status, reason, { errorCode: reason, headers: restOf(fault) }).reply;
}
