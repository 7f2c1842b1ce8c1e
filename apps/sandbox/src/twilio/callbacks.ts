import { Agent } from 'node:http';
import twilio from 'twilio';
import { post } from '../doubles/post.ts';
import { waited } from '../doubles/waiting.ts';
import type { TwilioFaults } from './faults.ts';

const MOST_AT_ONCE = 16;

/** What Twilio tells, and where. */
export interface Callback {
  readonly url: string;
  readonly params: Readonly<Record<string, string>>;
}

/** Posts what Twilio tells by itself, signed as Twilio signs it; it tries nothing twice. */
export class Callbacks {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: MOST_AT_ONCE });
  private readonly underWay = new Set<Promise<void>>();

  constructor(
    private readonly authToken: string,
    private readonly faults: TwilioFaults,
    private readonly end: AbortSignal,
  ) {}

  /** Posts callbacks in their order, as the faults have it. */
  send(callbacks: readonly Callback[]): void {
    const sending = this.sendAll(callbacks).finally(() => this.underWay.delete(sending));
    this.underWay.add(sending);
  }

  /** Posts one, whatever the faults are; gives the status of the answer, 0 when there was none. Nobody is told over TLS. */
  async tell({ url, params }: Callback): Promise<number> {
    if (!url.startsWith('http://')) return 0;
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      'x-twilio-signature': twilio.getExpectedTwilioSignature(this.authToken, url, params),
      'user-agent': 'TwilioProxy/1.1 (sandbox)',
    };
    return post({ url, headers, body: new URLSearchParams(params).toString() }, this.agent, this.end);
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

  private async sendAll(callbacks: readonly Callback[]): Promise<void> {
    const late: Callback[] = [];
    for (const callback of callbacks) {
      const { lose, duplicate, reorder } = this.faults.callbacks;
      const copies = this.faults.draws(lose) ? 0 : this.faults.draws(duplicate) ? 2 : 1;
      const isLate = this.faults.draws(reorder);
      for (let copy = 1; copy <= copies; copy++) {
        if (isLate) late.push(callback);
        else await this.sendNext(callback);
      }
    }
    for (const callback of late) await this.sendNext(callback);
  }

  private async sendNext(callback: Callback): Promise<void> {
    if (!(await waited(this.faults.callbacks.delay_ms ?? 0, this.end))) await this.tell(callback);
  }
}
