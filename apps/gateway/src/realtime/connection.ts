import { Bucket, problemOf } from '@scheduling/service-kit';
import type { WebSocket } from 'ws';
import type { FeedsService } from './feeds.service.ts';
import type { Told } from './feed.ts';
import { messageOf } from './messages.policy.ts';
import { NotHelloYet, TooManyMessages, TooManyTopics } from './realtime.errors.ts';
import type { Door, SignedIn } from './signed-in.ts';
import { topicOf } from './topics.policy.ts';

const MOST_TOPICS = 16;
const MESSAGES = { perMinute: 120, burst: 20 };
const HELLO_MS = 10_000;
/** A socket whose reader has so much before them, in bytes, is too slow to be kept. */
const MOST_WAITING = 256_000;
/** WebSocket's own codes (RFC 6455, section 7.4.1): a policy was broken, or the server restarts. */
const POLICY = 1008;
const RESTART = 1012;
/** setTimeout takes no more. */
const LONGEST_TIMER = 2_147_000_000;

/** What a connection needs of the server that took it. */
export interface Host {
  readonly door: Door;
  readonly feeds: FeedsService;
  /** Counts the person's connections; refuses one too many. */
  readonly admit: (who: SignedIn, connection: Connection) => void;
}

/** One client's WebSocket: who it is, and what it follows. */
export class Connection {
  private who: SignedIn | null = null;
  private readonly topics = new Map<string, (() => void) | null>();
  private readonly messages = new Bucket(MESSAGES, Date.now());
  private deadline: NodeJS.Timeout;
  private work = Promise.resolve();
  /** Whether it has shown life since the last heartbeat. */
  isAlive = true;

  constructor(
    private readonly socket: WebSocket,
    private readonly host: Host,
  ) {
    this.deadline = setTimeout(() => this.bye('hello_missing'), HELLO_MS);
    socket.on('message', (data: Buffer, isBinary) => this.take(isBinary ? '' : data.toString()));
    socket.on('pong', () => (this.isAlive = true));
    socket.on('close', () => this.forget());
    // What is wrong with a frame closes the socket; nobody else needs to know.
    socket.on('error', () => undefined);
  }

  get personId(): string | null {
    return this.who?.personId ?? null;
  }

  /** Takes the token for the client's own; a later one, of the same person, takes over before the first expires. */
  async hello(token: string): Promise<void> {
    const who = await this.host.door.letIn(token);
    // The client may have left meanwhile: nobody would ever give back what is counted now.
    if (this.socket.readyState !== this.socket.OPEN) return;
    if (this.who && this.who.personId !== who.personId) return this.bye('another_person');
    if (!this.who) this.host.admit(who, this);
    this.who = who;
    clearTimeout(this.deadline);
    this.deadline = setTimeout(() => this.bye('token_expired'), Math.min(who.expiresAt - Date.now(), LONGEST_TIMER));
    this.send({ type: 'hello' });
  }

  /** Asks whether the client is there; one that did not answer the last time is dropped. */
  beat(): void {
    if (!this.isAlive) return this.socket.terminate();
    this.isAlive = false;
    this.socket.ping();
  }

  /** Says why it ends, and ends it. */
  bye(code: string, status = POLICY): void {
    if (this.socket.readyState !== this.socket.OPEN) return;
    this.socket.send(JSON.stringify({ type: 'bye', code }));
    this.socket.close(status, code);
    this.forget();
  }

  /** Says that the server restarts: whoever comes back finds another. */
  restart(): void {
    this.bye('restarting', RESTART);
  }

  /** Ends it without a word. */
  cut(): void {
    this.socket.terminate();
  }

  /** One message after the other; a refusal is told, and ends nothing but a hello. */
  private take(text: string): void {
    const now = Date.now();
    if (this.messages.wait(now) > 0) return this.refuse(new TooManyMessages());
    this.messages.take();
    this.work = this.work.then(() => this.obey(text)).catch((error: unknown) => this.refuse(error));
  }

  private async obey(text: string): Promise<void> {
    const message = messageOf(text);
    if (message.type === 'hello') return this.hello(message.token);
    if (!this.who) throw new NotHelloYet();
    if (message.type === 'unsubscribe') return this.leave(message.topic);
    await this.subscribe(message.topic, message.from, this.who);
  }

  private async subscribe(name: string, from: string | null, { personId }: SignedIn): Promise<void> {
    const topic = topicOf(name);
    this.leave(name);
    if (this.topics.size >= MOST_TOPICS) throw new TooManyTopics(MOST_TOPICS);
    this.topics.set(name, null);
    const tell = (told: Told) => this.send({ ...told, topic: name });
    try {
      const leave = await this.host.feeds.follow(topic, personId, { token: () => this.who!.token, tell }, from);
      // The client may be gone by now.
      if (this.topics.has(name)) this.topics.set(name, leave);
      else leave();
    } catch (error) {
      this.topics.delete(name);
      this.refuse(error, name);
    }
  }

  private leave(name: string): void {
    this.topics.get(name)?.();
    this.topics.delete(name);
  }

  private refuse(error: unknown, topic?: string): void {
    const { code, title } = problemOf(error);
    this.send({ type: 'error', code, title, ...(topic !== undefined && { topic }) });
    if (!this.who) this.bye(code);
  }

  private send(message: object): void {
    if (this.socket.readyState !== this.socket.OPEN) return;
    if (this.socket.bufferedAmount > MOST_WAITING) return this.bye('slow_consumer');
    this.socket.send(JSON.stringify(message));
  }

  private forget(): void {
    clearTimeout(this.deadline);
    for (const leave of this.topics.values()) leave?.();
    this.topics.clear();
  }
}
