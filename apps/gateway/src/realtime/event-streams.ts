import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { FeedsService } from './feeds.service.ts';
import type { Told } from './feed.ts';
import { TooManyConnections } from './realtime.errors.ts';
import { Door, type SignedIn } from './signed-in.ts';
import { topicOf } from './topics.policy.ts';

const HEARTBEAT_MS = 15_000;
const MOST_OF_ONE_PERSON = 8;
/** A stream whose reader has so much before them, in bytes, is too slow to be kept. */
const MOST_WAITING = 256_000;
const RETRY_MS = 2000;
const LONGEST_TIMER = 2_147_000_000;

/** How long somebody may take to read the last word. */
const FAREWELL_MS = 1000;

/** Whose stream it is, and how it ends before its time. */
interface Stream {
  readonly personId: string;
  end: (code: string) => void;
}

/** The twin of WebSockets for whoever cannot have one: server-sent events, one topic a stream. */
@Injectable()
export class EventStreams implements BeforeApplicationShutdown {
  private readonly streams = new Set<Stream>();

  constructor(
    private readonly door: Door,
    private readonly feeds: FeedsService,
  ) {
    door.onGone((gone) => {
      for (const { personId, end } of this.streams) if (personId === gone) end('account_erased');
    });
  }

  /** How many streams there are. */
  get size(): number {
    return this.streams.size;
  }

  /** Answers with a stream of a topic; refuses, before the first byte, whoever may not have it. */
  async open(asked: { topic: string; from: string | null; token: string }, reply: FastifyReply): Promise<void> {
    const topic = topicOf(asked.topic);
    const who = await this.door.letIn(asked.token);
    const { raw } = reply;
    // An answer that waits behind another one on its connection has no socket of its own yet.
    const { socket } = reply.request.raw;
    const stream = this.placeFor(who);
    const waiting: Told[] = [];
    let tell = (told: Told): void => void waiting.push(told);
    const listener = { token: () => who.token, tell: (told: Told) => tell(told) };
    const leave = await this.feeds.follow(topic, who.personId, listener, asked.from).catch((error: unknown) => {
      this.streams.delete(stream);
      throw error;
    });
    if (raw.destroyed || socket.destroyed) {
      this.streams.delete(stream);
      return leave();
    }
    reply.hijack();
    raw.writeHead(200, {
      ...headersOf(reply),
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    const end = (code: string): void => {
      raw.end(eventText('bye', { code }));
      // Whoever does not read the last word is not waited for.
      timers.push(setTimeout(() => socket.destroy(), FAREWELL_MS));
    };
    const timers = [
      setInterval(() => write(':\n\n'), HEARTBEAT_MS),
      setTimeout(() => end('token_expired'), Math.min(who.expiresAt - Date.now(), LONGEST_TIMER)),
    ];
    stream.end = end;
    raw.on('error', () => socket.destroy());
    raw.on('close', () => {
      timers.forEach((timer) => clearTimeout(timer));
      this.streams.delete(stream);
      leave();
    });
    const write = (text: string): void => {
      if (raw.writableEnded) return;
      if (raw.writableLength > MOST_WAITING) socket.destroy();
      else raw.write(text);
    };
    tell = ({ type, ...told }) =>
      write(eventText(type, { ...told, topic: asked.topic }, 'version' in told ? told.version : undefined));
    write(`retry: ${RETRY_MS}\n\n`);
    waiting.forEach((told) => tell(told));
  }

  beforeApplicationShutdown(): void {
    for (const { end } of this.streams) end('restarting');
  }

  /** Takes a place before anything is waited for: many may ask at once. */
  private placeFor({ personId }: SignedIn): Stream {
    const ofPerson = [...this.streams].filter((stream) => stream.personId === personId).length;
    if (ofPerson >= MOST_OF_ONE_PERSON) throw new TooManyConnections(MOST_OF_ONE_PERSON);
    const stream: Stream = { personId, end: () => undefined };
    this.streams.add(stream);
    return stream;
  }
}

const headersOf = (reply: FastifyReply): Record<string, string> =>
  Object.fromEntries(Object.entries(reply.getHeaders()).map(([name, value]) => [name, String(value)]));

/** One event as HTML's specification of server-sent events writes it, section 9.2.6; JSON has no line breaks of its own. */
const eventText = (type: string, data: object, id?: string): string =>
  `event: ${type}\n${id === undefined ? '' : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`;
