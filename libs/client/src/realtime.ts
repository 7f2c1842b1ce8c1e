import { ProblemError, problemFrom } from './problem-error.ts';
import type { TokenSource } from './resilient-fetch.ts';

/** One thing of a topic: a slot, a booking, a notification. */
export type RealtimeItem = Readonly<Record<string, unknown>>;

export interface FollowOptions {
  /** Where the gateway is, without a path. */
  readonly baseUrl: string;
  readonly token: TokenSource;
  /** `me`, or `tutor:<tutor_id>:slots`. */
  readonly topic: string;
  /** Hears of each change with all there is then, by id. */
  readonly onChange: (items: ReadonlyMap<string, RealtimeItem>) => void;
  /** Hears why a topic cannot be followed, or why the server said goodbye; it is tried again by itself. */
  readonly onTrouble?: (error: Error) => void;
  /** So many milliseconds lie between the signs of life that it asks for; a connection that gives none until the next is made anew. */
  readonly pulseMs?: number;
  /** What opens connections instead of the global `WebSocket`. */
  readonly WebSocket?: typeof WebSocket;
}

/** A topic that is followed until it is closed. */
export interface Following {
  readonly close: () => void;
}

interface Message {
  readonly type: 'hello' | 'snapshot' | 'delta' | 'resumed' | 'reset' | 'error' | 'bye';
  readonly version?: string;
  readonly items?: readonly RealtimeItem[];
  readonly upsert?: readonly RealtimeItem[];
  readonly remove?: readonly string[];
  readonly code?: string;
  readonly title?: string;
}

/** `WebSocket.OPEN`, which other implementations may not have as a static. */
const OPEN = 1;
const PATH = '/api/v1/scheduling/realtime';
const PULSE_MS = 30_000;
const FIRST_REST_MS = 250;
const LONGEST_REST_MS = 15_000;

/** Follows a topic: connects, comes back after any interruption, and goes on from what it has. */
export function follow(options: FollowOptions): Following {
  const follower = new Follower(options);
  void follower.connect();
  return { close: () => follower.close() };
}

class Follower {
  private items = new Map<string, RealtimeItem>();
  private version: string | undefined;
  private socket: WebSocket | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private pulse: ReturnType<typeof setInterval> | undefined;
  private isHeard = false;
  private isSubscribed = false;
  private failures = 0;
  private isClosed = false;

  constructor(private readonly options: FollowOptions) {}

  async connect(): Promise<void> {
    try {
      const bearer = await this.bearer();
      if (this.isClosed) return;
      const { baseUrl, pulseMs = PULSE_MS } = this.options;
      const Socket = this.options.WebSocket ?? WebSocket;
      const socket = new Socket(baseUrl.replace(/^http/, 'ws').replace(/\/$/, '') + PATH);
      this.socket = socket;
      this.isHeard = this.isSubscribed = false;
      // Of one that was given up nothing is heard any more.
      const isOurs = () => this.socket === socket;
      socket.addEventListener('open', () => isOurs() && this.hello(bearer));
      socket.addEventListener('message', ({ data }) => isOurs() && this.take(JSON.parse(String(data)) as Message));
      socket.addEventListener('close', () => isOurs() && this.again());
      // What went wrong is followed by a close; unheard, some implementations would throw it.
      socket.addEventListener('error', () => undefined);
      this.pulse = setInterval(() => void this.beat(), pulseMs);
    } catch (error) {
      this.options.onTrouble?.(error as Error);
      this.again();
    }
  }

  close(): void {
    this.isClosed = true;
    clearTimeout(this.timer);
    clearInterval(this.pulse);
    this.socket?.close();
  }

  /**
   * Says hello again, which is answered and takes a fresh token with it. A network that is gone says nothing, and closing a connection
   * waits for the other side: whoever was not heard since the last time is left.
   */
  private async beat(): Promise<void> {
    const { socket } = this;
    if (!this.isHeard) {
      this.again();
      return socket?.close();
    }
    this.isHeard = false;
    try {
      const bearer = await this.bearer();
      if (this.socket === socket) this.hello(bearer);
    } catch (error) {
      this.options.onTrouble?.(error as Error);
    }
  }

  private async bearer(): Promise<string> {
    const { token } = this.options;
    return typeof token === 'string' ? token : token();
  }

  private hello(token: string): void {
    if (this.socket?.readyState === OPEN) this.socket.send(JSON.stringify({ type: 'hello', token }));
  }

  private take(message: Message): void {
    const { type, version } = message;
    this.isHeard = true;
    if (type === 'hello') return this.subscribe();
    if (type === 'error' || type === 'bye') return this.trouble(message);
    if (type === 'reset') return;
    this.failures = 0;
    if (type === 'snapshot') this.items = new Map(message.items?.map((item) => [idOf(item), item]));
    for (const item of message.upsert ?? []) this.items.set(idOf(item), item);
    for (const id of message.remove ?? []) this.items.delete(id);
    this.version = version;
    if (type !== 'resumed') this.options.onChange(new Map(this.items));
  }

  private subscribe(): void {
    if (this.isSubscribed) return;
    this.isSubscribed = true;
    const from = this.version === undefined ? {} : { from: this.version };
    this.socket?.send(JSON.stringify({ type: 'subscribe', topic: this.options.topic, ...from }));
  }

  /** A topic that cannot be read just now is asked for again with a new connection. */
  private trouble({ type, code, title }: Message): void {
    this.options.onTrouble?.(
      new ProblemError(problemFrom({ code, title: title ?? code, status: 0, type: '' }, 0), null),
    );
    if (type === 'error') this.socket?.close();
  }

  private again(): void {
    clearInterval(this.pulse);
    this.socket = undefined;
    if (this.isClosed) return;
    const ms = Math.min(LONGEST_REST_MS, FIRST_REST_MS * 2 ** this.failures) * (0.5 + Math.random() / 2);
    this.failures += 1;
    this.timer = setTimeout(() => void this.connect(), ms);
  }
}

/** The id by which changes name a thing. */
function idOf(item: RealtimeItem): string {
  const { kind, notification_id: note, booking_id: booking, slot_id: slot } = item;
  return kind === undefined ? String(slot) : `${String(kind)}:${String(note ?? booking)}`;
}
