import { createHmac } from 'node:crypto';
import { Agent } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { post } from '../doubles/post.ts';
import type { KeptEvent } from './events.ts';
import type { Faults } from './faults.ts';

/** Before each attempt, in milliseconds: Stripe tries for days, and nobody waits for that here. */
const PAUSES_MS = [0, 50, 250, 1000, 3000];
/** An event that is to come late goes at last when nothing follows it, after so many milliseconds. */
const LATEST_MS = 200;
const MOST_AT_ONCE = 16;

interface Settings {
  readonly secret: string;
  readonly url?: string;
}

/** Sends events to whoever listens, signed as Stripe signs them, until they are taken. */
export class Webhooks {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: MOST_AT_ONCE });
  private readonly end = new AbortController();
  private readonly underWay = new Set<Promise<void>>();
  /** The last delivery about an object: the next one about it waits until that was tried. */
  private readonly tails = new Map<string, Promise<unknown>>();
  private late: (() => void)[] = [];

  constructor(
    public settings: Settings,
    private readonly faults: Faults,
    private readonly now: () => number,
  ) {}

  /** Sends an event as the faults have it. */
  send(event: KeptEvent): void {
    if (this.settings.url === undefined) return;
    const { lose, duplicate, reorder } = this.faults.webhooks;
    const isLost = this.faults.draws(lose);
    const copies = this.faults.draws(duplicate) ? 2 : 1;
    const isLate = this.faults.draws(reorder);
    if (isLost) return;
    for (let copy = 1; copy <= copies; copy++) this.track(isLate ? this.sendLate(event) : this.sendNext(event));
  }

  /** Resolves when nothing is under way any more. */
  async settled(): Promise<void> {
    while (this.underWay.size > 0) await Promise.all(this.underWay);
  }

  /** Sends nothing any more. */
  async close(): Promise<void> {
    this.end.abort();
    await this.settled();
    this.agent.destroy();
  }

  private async sendNext(event: KeptEvent): Promise<void> {
    const before = this.tails.get(event.about);
    const first = (before ?? Promise.resolve()).then(() => this.attempt(event, 0));
    this.tails.set(event.about, first);
    const isTaken = await first;
    if (this.tails.get(event.about) === first) this.tails.delete(event.about);
    this.releaseLate();
    if (!isTaken) await this.insist(event, 1);
  }

  private async sendLate(event: KeptEvent): Promise<void> {
    const followed = new Promise<void>((release) => this.late.push(release));
    await Promise.race([followed, this.wait(LATEST_MS)]);
    await this.insist(event, 0);
  }

  private releaseLate(): void {
    const { late } = this;
    this.late = [];
    for (const release of late) release();
  }

  private async insist(event: KeptEvent, from: number): Promise<void> {
    for (let attempt = from; attempt < PAUSES_MS.length; attempt++) {
      if (await this.attempt(event, attempt)) return;
    }
  }

  /** Whether it was taken, or nobody is to hear of it any more. */
  private async attempt(event: KeptEvent, number: number): Promise<boolean> {
    await this.wait((PAUSES_MS[number] ?? 0) + (this.faults.webhooks.delay_ms ?? 0));
    if (this.end.signal.aborted || this.settings.url === undefined) return true;
    return this.post(this.settings.url, event.payload);
  }

  private async wait(ms: number): Promise<void> {
    if (ms > 0) await pause(ms, undefined, { signal: this.end.signal }).catch(() => undefined);
  }

  private async post(url: string, payload: string): Promise<boolean> {
    const headers = {
      'content-type': 'application/json; charset=utf-8',
      'stripe-signature': sign(payload, this.settings.secret, Math.max(this.now(), Math.floor(Date.now() / 1000))),
      'user-agent': 'Stripe/1.0 (sandbox)',
    };
    const status = await post({ url, headers, body: payload }, this.agent, this.end.signal);
    return status >= 200 && status < 300;
  }

  private track(work: Promise<void>): void {
    const tracked = work.finally(() => this.underWay.delete(tracked));
    this.underWay.add(tracked);
  }
}

/** The header `stripe-signature`; of the double's clock and the machine's the later one, as clients let the future pass. */
const sign = (payload: string, secret: string, at: number): string =>
  `t=${at},v1=${createHmac('sha256', secret).update(`${at}.${payload}`).digest('hex')}`;
