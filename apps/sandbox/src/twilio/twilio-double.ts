import type { Server } from 'node:http';
import { type Clock, SystemClock } from '@scheduling/domain';
import { isCut, type RequestHook } from '../doubles/hooks.ts';
import { closeServer, openServer, type Place, type Received, type Reply, urlOf } from '../doubles/http-server.ts';
import type { RequestFault } from '../doubles/request-faults.ts';
import { hung, waited } from '../doubles/waiting.ts';
import { Account } from './account.ts';
import { Callbacks } from './callbacks.ts';
import { TwilioFaults, type TwilioFaultSettings } from './faults.ts';
import type { Said, Text, TextStatus, Wish } from './texts.ts';
import { TwilioRefusal } from './twilio-refusal.ts';

/** How a double is set up; what is left out is as the sandbox has it. */
export interface TwilioDoubleOptions extends Place {
  readonly accountSid?: string;
  /** What requests are let in with, and what callbacks are signed with. */
  readonly authToken?: string;
  /** Where texts from phones are told of; nowhere, if nothing is said. */
  readonly inboundUrl?: string;
  readonly clock?: Clock;
}

/** A request that was answered, or was not. */
export interface TwilioRequest {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
}

/** The account of the sandbox. */
export const SANDBOX_ACCOUNT = 'AC00000000000000000000000000000000';
/** How many requests are remembered. */
const MOST_REQUESTS = 20_000;

/** Twilio's texts of one account, in memory and stateful: the real client talks to it over HTTP, and it calls back, signed. */
export class TwilioDouble {
  private readonly faults = new TwilioFaults();
  private readonly hooks = new Set<RequestHook>();
  private readonly end = new AbortController();
  private readonly callbacks: Callbacks;
  private readonly account: Account;
  private readonly basic: string;
  private inboundUrl: string | undefined;
  private asked: TwilioRequest[] = [];
  private server!: Server;

  private constructor({ accountSid = SANDBOX_ACCOUNT, authToken, inboundUrl, clock }: TwilioDoubleOptions) {
    const time = clock ?? new SystemClock();
    const token = authToken ?? 'sandbox-token';
    this.basic = `Basic ${Buffer.from(`${accountSid}:${token}`).toString('base64')}`;
    this.callbacks = new Callbacks(token, this.faults, this.end.signal);
    this.account = new Account(accountSid, this.faults, this.callbacks, () => time.now());
    this.inboundUrl = inboundUrl;
  }

  /** Starts a double; whoever starts it closes it. */
  static async listen(options: TwilioDoubleOptions = {}): Promise<TwilioDouble> {
    const double = new TwilioDouble(options);
    double.server = await openServer(options, (received) => double.answer(received));
    return double;
  }

  /** Such as `http://127.0.0.1:4010`. */
  get url(): string {
    return urlOf(this.server);
  }

  /** Ends every connection, and tells nothing more. */
  async close(): Promise<void> {
    this.end.abort();
    await Promise.all([closeServer(this.server), this.callbacks.close()]);
  }

  /** Tells of texts from phones there from now on. */
  tellInboundTo(url: string): void {
    this.inboundUrl = url;
  }

  /** Resolves when no callback is under way any more, taken or not. */
  async callbacksSettled(): Promise<void> {
    await this.callbacks.settled();
  }

  /** Lets things go wrong as told from now on; with `{}` all goes well again. */
  setFaults(settings: TwilioFaultSettings): void {
    this.faults.set(settings);
  }

  /** Has a hook awaited before each request takes effect and before it is answered; the answer takes the hook away. */
  onRequest(hook: RequestHook): () => void {
    this.hooks.add(hook);
    return () => void this.hooks.delete(hook);
  }

  /** Every text, to phones and from them, the oldest first. */
  texts(): Text[] {
    return structuredClone(this.account.texts.all());
  }

  /** What went to one phone, the oldest first. */
  textsTo(phone: string): Text[] {
    return this.texts().filter(({ to }) => to === phone);
  }

  /** What was asked with a text. */
  wishOf(sid: string): Wish | undefined {
    return this.account.texts.wishOf(sid);
  }

  /** A phone writes to a number of the account: STOP and START are understood. Gives the status of the webhook's answer, 0 when there was none. */
  reply(said: Said): Promise<number> {
    return this.account.receive(said, this.inboundUrl);
  }

  /** A phone has sent STOP to a number, and nobody was told. */
  stop(phone: string, number: string): void {
    this.account.texts.setStopped({ from: phone, to: number }, true);
  }

  hasStopped(phone: string, number: string): boolean {
    return this.account.texts.hasStopped(number, phone);
  }

  /** Tells of a text once more, whatever it has come to; gives the status of the answer, 0 when there was none. */
  tell(sid: string, status: TextStatus, errorCode: number | null = null): Promise<number> {
    return this.account.tell(sid, status, errorCode);
  }

  /** What was asked, in order. */
  requests(): TwilioRequest[] {
    return [...this.asked];
  }

  private async answer(received: Received): Promise<Reply | undefined> {
    const { method, path } = received;
    this.asked = [...this.asked.slice(1 - MOST_REQUESTS), { method, path }];
    const fault = this.faults.meet(method, path);
    if (fault?.kind === 'hang') await hung(this.end.signal);
    if ((await waited(this.faults.latency, this.end.signal)) || fault?.kind === 'reset') return undefined;
    try {
      if (fault?.status !== undefined) throw injected(fault);
      if (await isCut(this.hooks, { method, path, phase: 'before' })) return undefined;
      const reply = this.work(received);
      const isLost = (await isCut(this.hooks, { method, path, phase: 'after' })) || fault?.kind === 'drop_reply';
      return isLost ? undefined : reply;
    } catch (error) {
      return refused(error);
    }
  }

  private work({ method, path, query, body, headers: { authorization } }: Received): Reply {
    if (authorization !== this.basic) throw new TwilioRefusal(401, 20003, 'Authenticate');
    const messages = `/2010-04-01/Accounts/${this.account.sid}/Messages`;
    const { texts } = this.account;
    if (`${method} ${path}` === `POST ${messages}.json`)
      return json(201, this.account.create(new URLSearchParams(body)));
    if (`${method} ${path}` === `GET ${messages}.json`) return json(200, texts.page(new URLSearchParams(query)));
    const sid = path.startsWith(`${messages}/`) ? /\/(SM[0-9a-f]{32})\.json$/.exec(path)?.[1] : undefined;
    if (method !== 'GET' || sid === undefined)
      throw new TwilioRefusal(404, 20404, `The requested resource ${path} was not found`);
    return json(200, texts.find(sid));
  }
}

const json = (status: number, value: object): Reply => ({ status, body: JSON.stringify(value) });

const injected = ({ status = 500, retry_after_s: rest }: RequestFault): TwilioRefusal =>
  new TwilioRefusal(status, status === 429 ? 20429 : 20500, 'The sandbox was told to answer so.', rest);

/** A bug of the double's or of a hook's says what it was: who reads it is a developer. */
function refused(error: unknown): Reply {
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const { status, body, retryAfterS } = error instanceof TwilioRefusal ? error : new TwilioRefusal(500, 20500, message);
  return { status, body, ...(retryAfterS !== undefined && { headers: { 'retry-after': String(retryAfterS) } }) };
}
