import { createHash } from 'node:crypto';
import { Agent } from 'node:http';
import { post } from '../doubles/post.ts';
import { waited } from '../doubles/waiting.ts';
import type { GoogleFaults } from './faults.ts';

/** Whoever does not take a push is tried again after so long, in milliseconds; Google tries longer. */
const PAUSES_MS = [0, 50, 250, 1000];
const TRIED_AGAIN = new Set([0, 500, 502, 503, 504]);
/** How long a push that is to be overtaken is held back, in milliseconds. */
const OVERTAKEN_MS = 100;
const MOST_AT_ONCE = 16;

/** A channel that somebody opened. */
export interface Channel {
  readonly id: string;
  readonly token: string | null;
  readonly address: string;
  readonly resourceId: string;
  readonly resourceUri: string;
  readonly email: string;
  /** In milliseconds. */
  readonly expiration: number;
}

type State = 'sync' | 'exists';

/** Names a person's calendar to whoever listens. */
export const resourceOf = (email: string, calendarId: string): string =>
  createHash('sha256').update(`${email}\n${calendarId}`).digest('base64url').slice(0, 27);

/** Tells whoever listens that something has changed, and never what. */
export class Pushes {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: MOST_AT_ONCE });
  private readonly underWay = new Set<Promise<void>>();
  private readonly open = new Map<string, Channel & { number: number }>();

  constructor(
    private readonly faults: GoogleFaults,
    private readonly now: () => Date,
    private readonly end: AbortSignal,
  ) {}

  /** Opens a channel, and pushes its first word at once: it may come before the answer. */
  watch(channel: Channel): void {
    this.open.set(channel.id, { ...channel, number: 1 });
    this.send(channel, 'sync', 1);
  }

  has(id: string): boolean {
    return this.open.has(id);
  }

  /** Ends a channel; false where that person has none like it. */
  stop({ id, resourceId, email }: Pick<Channel, 'id' | 'resourceId' | 'email'>): boolean {
    const channel = this.open.get(id);
    if (channel?.resourceId !== resourceId || channel.email !== email) return false;
    return this.open.delete(id);
  }

  /** The channels that live. */
  channels(): Channel[] {
    return [...this.open.values()].filter(({ expiration }) => expiration > this.now().getTime());
  }

  /** Something has changed in a calendar. */
  changed(resourceId: string): void {
    for (const channel of this.open.values()) {
      if (channel.resourceId !== resourceId || channel.expiration <= this.now().getTime()) continue;
      channel.number += 1;
      const { lose, duplicate } = this.faults.pushes;
      const copies = this.faults.draws(lose) ? 0 : this.faults.draws(duplicate) ? 2 : 1;
      for (let copy = 1; copy <= copies; copy++) this.send(channel, 'exists', channel.number);
    }
  }

  /** Resolves when nothing is under way any more. */
  async settled(): Promise<void> {
    while (this.underWay.size > 0) await Promise.all(this.underWay);
  }

  /** Waits for what is under way to notice the end. */
  async close(): Promise<void> {
    await this.settled();
    this.agent.destroy();
  }

  private send(channel: Channel, state: State, number: number): void {
    const { delay_ms: delay = 0, reorder } = this.faults.pushes;
    const late = state === 'exists' && this.faults.draws(reorder) ? OVERTAKEN_MS : 0;
    const headers = headersOf(channel, state, number);
    const sending = this.insist(channel, headers, delay + late).finally(() => this.underWay.delete(sending));
    this.underWay.add(sending);
  }

  private async insist({ address: url }: Channel, headers: Record<string, string>, late: number): Promise<void> {
    for (const rest of PAUSES_MS) {
      if (await waited(rest + late, this.end)) return;
      const status = await post({ url, headers, body: '' }, this.agent, this.end);
      if (!TRIED_AGAIN.has(status)) return;
    }
  }
}

const headersOf = (channel: Channel, state: State, number: number): Record<string, string> => ({
  'x-goog-channel-id': channel.id,
  ...(channel.token !== null && { 'x-goog-channel-token': channel.token }),
  'x-goog-channel-expiration': new Date(channel.expiration).toUTCString(),
  'x-goog-resource-id': channel.resourceId,
  'x-goog-resource-state': state,
  'x-goog-resource-uri': channel.resourceUri,
  'x-goog-message-number': String(number),
  'user-agent': 'APIs-Google (sandbox)',
});
