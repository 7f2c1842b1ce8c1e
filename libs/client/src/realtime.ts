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

const PATH = '/api/v1/scheduling/realtime';
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
  private failures = 0;
  private isClosed = false;

  constructor(private readonly options: FollowOptions) {}

  async connect(): Promise<void> {
    try {
      const { token, baseUrl } = this.options;
      const bearer = typeof token === 'string' ? token : await token();
      if (this.isClosed) return;
      const Socket = this.options.WebSocket ?? WebSocket;
      const socket = new Socket(baseUrl.replace(/^http/, 'ws').replace(/\/$/, '') + PATH);
      this.socket = socket;
      socket.addEventListener('open', () => socket.send(JSON.stringify({ type: 'hello', token: bearer })));
      socket.addEventListener('message', ({ data }) => this.take(JSON.parse(String(data)) as Message));
      socket.addEventListener('close', () => this.again());
      // What went wrong is followed by a close; unheard, some implementations would throw it.
      socket.addEventListener('error', () => undefined);
    } catch (error) {
      this.options.onTrouble?.(error as Error);
      this.again();
    }
  }

  close(): void {
    this.isClosed = true;
    clearTimeout(this.timer);
    this.socket?.close();
  }

  private take(message: Message): void {
    const { type, version } = message;
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
