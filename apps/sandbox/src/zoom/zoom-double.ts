import type { Server } from 'node:http';
import { type Clock, SystemClock } from '@scheduling/domain';
import { isCut, type RequestHook } from '../doubles/hooks.ts';
import { closeServer, openServer, type Place, type Received, type Reply, urlOf } from '../doubles/http-server.ts';
import { type RequestFault, RequestFaults, type RequestFaultSettings } from '../doubles/request-faults.ts';
import { hung, waited } from '../doubles/waiting.ts';
import { type Meeting, type MeetingBody, Meetings } from './meetings.ts';
import { Tokens, type ZoomApp } from './tokens.ts';
import { ZoomRefusal } from './zoom-refusal.ts';

/** How a double is set up; what is left out is as the sandbox has it. */
export interface ZoomDoubleOptions extends Partial<ZoomApp>, Place {
  readonly clock?: Clock;
}

/** A request that was answered, or was not. */
export interface ZoomRequest {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
}

/** How many requests are remembered. */
const MOST_REQUESTS = 20_000;
const OF_USER = '/v2/users/me/meetings';
const OF_MEETING = /^\/v2\/meetings\/(\d+)$/;

/** Zoom's meetings of one account, in memory and stateful: its tokens and its API are asked over HTTP. */
export class ZoomDouble {
  private readonly faults = new RequestFaults();
  private readonly hooks = new Set<RequestHook>();
  private readonly end = new AbortController();
  private readonly kept: Meetings;
  private readonly tokens: Tokens;
  private asked: ZoomRequest[] = [];
  private server!: Server;

  private constructor({ clock, ...app }: ZoomDoubleOptions) {
    const time = clock ?? new SystemClock();
    const now = () => time.now();
    const { accountId = 'sandbox', clientId = 'sandbox', clientSecret = 'sandbox-secret' } = app;
    this.kept = new Meetings(now);
    this.tokens = new Tokens({ accountId, clientId, clientSecret }, now);
  }

  /** Starts a double; whoever starts it closes it. */
  static async listen(options: ZoomDoubleOptions = {}): Promise<ZoomDouble> {
    const double = new ZoomDouble(options);
    double.server = await openServer(options, (received) => double.answer(received));
    return double;
  }

  /** Such as `http://127.0.0.1:4010`: the tokens' address and the API's. */
  get url(): string {
    return urlOf(this.server);
  }

  /** Ends every connection. */
  async close(): Promise<void> {
    this.end.abort();
    await closeServer(this.server);
  }

  /** Lets things go wrong as told from now on; with `{}` all goes well again. */
  setFaults(settings: RequestFaultSettings): void {
    this.faults.set(settings);
  }

  /** Has a hook awaited before each request takes effect and before it is answered; the answer takes the hook away. */
  onRequest(hook: RequestHook): () => void {
    this.hooks.add(hook);
    return () => void this.hooks.delete(hook);
  }

  /** The meetings that stand, the oldest first. */
  meetings(): Meeting[] {
    return structuredClone(this.kept.all());
  }

  /** Somebody makes a meeting in their account at Zoom. */
  addMeeting(agenda: string): Meeting {
    return this.kept.create({ agenda });
  }

  /** Somebody deletes a meeting there. */
  deleteMeeting(id: number | string): void {
    this.kept.delete(String(id));
  }

  /** All tokens are over before their time. */
  expireTokens(): void {
    this.tokens.expire();
  }

  /** What was asked, in order. */
  requests(): ZoomRequest[] {
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

  private work({ method, path, query, body, headers: { authorization = '' } }: Received): Reply {
    if (`${method} ${path}` === 'POST /oauth/token')
      return json(200, this.tokens.grant(new URLSearchParams(`${query}&${body}`), authorization));
    this.tokens.check(authorization);
    const params = new URLSearchParams(query);
    if (`${method} ${path}` === `POST ${OF_USER}`) return json(201, this.kept.create(read(body)));
    if (`${method} ${path}` === `GET ${OF_USER}`)
      return json(200, this.kept.page(Number(params.get('page_size') ?? 30), params.get('next_page_token') ?? ''));
    const id = OF_MEETING.exec(path)?.[1];
    if (id === undefined) throw new ZoomRefusal(404, 2300, 'This API endpoint is not recognized.');
    return this.workOn(method, id, body);
  }

  private workOn(method: string, id: string, body: string): Reply {
    if (method === 'GET') return json(200, this.kept.find(id));
    if (method === 'PATCH') this.kept.patch(id, read(body));
    else if (method === 'DELETE') this.kept.delete(id);
    else throw new ZoomRefusal(405, 2300, 'This method is not supported.');
    return { status: 204, body: '' };
  }
}

function read(body: string): MeetingBody {
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    // What is no JSON is refused below.
  }
  throw new ZoomRefusal(400, 300, 'Request Body should be a valid JSON object.');
}

const json = (status: number, value: object): Reply => ({ status, body: JSON.stringify(value) });

const injected = ({ status = 500, retry_after_s: rest }: RequestFault): ZoomRefusal =>
  new ZoomRefusal(status, status, 'The sandbox was told to answer so.', rest);

/** A bug of the double's or of a hook's says what it was: who reads it is a developer. */
function refused(error: unknown): Reply {
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const { status, body, retryAfterS } = error instanceof ZoomRefusal ? error : new ZoomRefusal(500, 500, message);
  return { status, body, ...(retryAfterS !== undefined && { headers: { 'retry-after': String(retryAfterS) } }) };
}
