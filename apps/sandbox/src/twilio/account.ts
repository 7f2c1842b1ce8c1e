import type { Callback, Callbacks } from './callbacks.ts';
import type { Fate, TwilioFaults } from './faults.ts';
import { type Said, type Text, Texts, type TextStatus } from './texts.ts';
import { TwilioRefusal } from './twilio-refusal.ts';

/** Which steps a text takes, by how far it gets. */
const STEPS: Readonly<Record<Fate, readonly TextStatus[]>> = {
  queued: ['queued'],
  sent: ['queued', 'sent'],
  delivered: ['queued', 'sent', 'delivered'],
  undelivered: ['queued', 'sent', 'undelivered'],
  failed: ['queued', 'failed'],
};
/** Twilio's numbers for why: the phone is out of reach, the text was too long in the queue. */
const REASONS: Partial<Record<TextStatus, number>> = { undelivered: 30003, failed: 30036 };

/** The words by which a phone wants no texts any more, or wants them again, as Twilio has them. */
const STOPS = new Set(['STOP', 'STOPALL', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT', 'REVOKE', 'OPTOUT']);
const STARTS = new Set(['START', 'YES', 'UNSTOP']);

/** One account at Twilio: its texts, and what is told of them. */
export class Account {
  readonly texts: Texts;

  constructor(
    readonly sid: string,
    private readonly faults: TwilioFaults,
    private readonly callbacks: Callbacks,
    now: () => Date,
  ) {
    this.texts = new Texts(sid, now);
  }

  /** Takes a text and sends it on; what is told of that may come before the answer. */
  create(form: URLSearchParams): Text {
    const text = this.texts.create(form);
    const answer = { ...text };
    const told: Callback[] = [];
    for (const status of STEPS[this.faults.fate]) {
      this.texts.turn(text.sid, status, REASONS[status] ?? null);
      const callback = this.callbackOf(text.sid, status, REASONS[status] ?? null);
      if (callback) told.push(callback);
    }
    this.callbacks.send(told);
    return answer;
  }

  /** Tells of a text once more; gives the status of the answer, 0 when there was none. */
  async tell(sid: string, status: TextStatus, errorCode: number | null): Promise<number> {
    const callback = this.callbackOf(sid, status, errorCode);
    if (!callback) throw new TwilioRefusal(400, 21609, 'Nobody asked to be told of that text.');
    return this.callbacks.tell(callback);
  }

  /** A phone writes, and whoever listens is told; gives the status of their answer, 0 when there was none. */
  async receive(said: Said, url: string | undefined): Promise<number> {
    const word = said.body.trim().toUpperCase();
    if (STOPS.has(word) || STARTS.has(word)) this.texts.setStopped(said, STOPS.has(word));
    const text = this.texts.receive(said);
    return url === undefined ? 0 : this.callbacks.tell({ url, params: this.inbound(text) });
  }

  private inbound({ sid, from, to, body }: Text): Record<string, string> {
    return {
      ToCountry: '',
      SmsMessageSid: sid,
      NumMedia: '0',
      SmsSid: sid,
      SmsStatus: 'received',
      Body: body,
      To: to,
      NumSegments: '1',
      MessageSid: sid,
      AccountSid: this.sid,
      From: from,
      ApiVersion: '2010-04-01',
    };
  }

  private callbackOf(sid: string, status: TextStatus, errorCode: number | null): Callback | undefined {
    const url = this.texts.wishOf(sid)?.statusCallback;
    if (url === undefined) return undefined;
    const { from, to } = this.texts.find(sid);
    const params = {
      SmsSid: sid,
      SmsStatus: status,
      MessageStatus: status,
      To: to,
      MessageSid: sid,
      AccountSid: this.sid,
      From: from,
      ApiVersion: '2010-04-01',
      ...(errorCode !== null && { ErrorCode: String(errorCode) }),
    };
    return { url, params };
  }
}
