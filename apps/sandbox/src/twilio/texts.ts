import { randomBytes } from 'node:crypto';
import { readText } from './new-text.ts';
import { TwilioRefusal } from './twilio-refusal.ts';

/** How many texts are kept; the oldest go. */
export const MOST_TEXTS = 20_000;
const MOST_A_PAGE = 1000;

export type TextStatus = 'queued' | 'sent' | 'delivered' | 'undelivered' | 'failed' | 'received';

/** A text, to a phone or from one, as Twilio shows it. */
export interface Text {
  readonly sid: string;
  readonly account_sid: string;
  readonly api_version: '2010-04-01';
  readonly from: string;
  readonly to: string;
  readonly body: string;
  readonly direction: 'outbound-api' | 'inbound';
  status: TextStatus;
  error_code: number | null;
  error_message: string | null;
  /** As RFC 2822 writes it, in UTC. */
  readonly date_created: string;
  date_updated: string;
  /** Null until it has left Twilio. */
  date_sent: string | null;
  readonly num_segments: string;
  readonly num_media: '0';
  readonly messaging_service_sid: null;
  readonly price: null;
  readonly price_unit: 'USD';
  readonly subresource_uris: object;
  readonly uri: string;
}

/** What was asked with a text and is never shown again. */
export interface Wish {
  readonly statusCallback?: string;
  /** In seconds. */
  readonly validityPeriod: number;
}

/** What a text is made of. */
export interface Said {
  readonly from: string;
  readonly to: string;
  readonly body: string;
}

/** The texts of one account, and the phones that want none; asking for a text twice makes two. */
export class Texts {
  private readonly kept = new Map<string, Text>();
  private readonly wishes = new Map<string, Wish>();
  private readonly stopped = new Set<string>();

  constructor(
    private readonly accountSid: string,
    private readonly now: () => Date,
  ) {}

  /** Takes a text that is to be sent, or refuses it as Twilio does. */
  create(form: URLSearchParams): Text {
    const { said, wish, segments } = readText(form);
    if (this.stopped.has(pairOf(said.from, said.to)))
      throw new TwilioRefusal(400, 21610, 'Attempt to send to unsubscribed recipient');
    const text = this.keep({ ...said, direction: 'outbound-api', status: 'queued', segments });
    this.wishes.set(text.sid, wish);
    return text;
  }

  /** A phone writes to one of the account's numbers. */
  receive(said: Said): Text {
    return this.keep({ ...said, direction: 'inbound', status: 'received', segments: 1 });
  }

  find(sid: string): Text {
    const text = this.kept.get(sid);
    if (!text) throw new TwilioRefusal(404, 20404, `The requested resource /Messages/${sid}.json was not found`);
    return text;
  }

  wishOf(sid: string): Wish | undefined {
    return this.wishes.get(sid);
  }

  /** A text has got on. */
  turn(sid: string, status: TextStatus, errorCode: number | null): void {
    const text = this.find(sid);
    text.status = status;
    text.error_code = errorCode;
    text.error_message = errorCode === null ? null : 'The sandbox was told so.';
    text.date_updated = this.said();
    if (status !== 'queued' && status !== 'failed') text.date_sent ??= this.said();
  }

  /** A phone wants no texts from a number any more, or wants them again. */
  setStopped({ from, to }: Pick<Said, 'from' | 'to'>, isStopped: boolean): void {
    if (isStopped) this.stopped.add(pairOf(to, from));
    else this.stopped.delete(pairOf(to, from));
  }

  hasStopped(from: string, to: string): boolean {
    return this.stopped.has(pairOf(from, to));
  }

  /** A page of the texts that are asked for, the newest first. */
  page(query: URLSearchParams): object {
    const size = Math.min(Number(query.get('PageSize') ?? 50), MOST_A_PAGE);
    const page = Number(query.get('Page') ?? 0);
    const fitting = this.all()
      .filter((text) => fits(text, query))
      .toReversed();
    const path = `/2010-04-01/Accounts/${this.accountSid}/Messages.json`;
    const at = (number: number): string => {
      const next = new URLSearchParams(query);
      next.set('Page', String(number));
      next.set('PageSize', String(size));
      return `${path}?${next.toString()}`;
    };
    const messages = fitting.slice(page * size, (page + 1) * size);
    return {
      messages,
      page,
      page_size: size,
      start: page * size,
      end: page * size + messages.length,
      first_page_uri: at(0),
      next_page_uri: fitting.length > (page + 1) * size ? at(page + 1) : null,
      previous_page_uri: page > 0 ? at(page - 1) : null,
      uri: at(page),
    };
  }

  all(): Text[] {
    return [...this.kept.values()];
  }

  private keep({ segments, ...said }: Said & Pick<Text, 'direction' | 'status'> & { segments: number }): Text {
    const sid = `SM${randomBytes(16).toString('hex')}`;
    const uri = `/2010-04-01/Accounts/${this.accountSid}/Messages/${sid}`;
    const text: Text = {
      sid,
      account_sid: this.accountSid,
      api_version: '2010-04-01',
      ...said,
      error_code: null,
      error_message: null,
      date_created: this.said(),
      date_updated: this.said(),
      date_sent: null,
      num_segments: String(segments),
      num_media: '0',
      messaging_service_sid: null,
      price: null,
      price_unit: 'USD',
      subresource_uris: { media: `${uri}/Media.json` },
      uri: `${uri}.json`,
    };
    this.kept.set(sid, text);
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= MOST_TEXTS) break;
      this.kept.delete(oldest);
      this.wishes.delete(oldest);
    }
    return text;
  }

  private said(): string {
    return this.now().toUTCString().replace('GMT', '+0000');
  }
}

/** Who wants no texts, and from whom. */
const pairOf = (from: string, to: string): string => `${from} ${to}`;

/** What was not sent yet has no day, and is in no list by days. */
function fits(text: Text, query: URLSearchParams): boolean {
  const sentAt = text.date_sent === null ? null : new Date(text.date_sent).toISOString();
  const [day, before, after] = ['DateSent', 'DateSent<', 'DateSent>'].map((name) => query.get(name));
  const isOfDay = !day || sentAt?.startsWith(day.slice(0, 10)) === true;
  const isBefore = !before || (sentAt !== null && sentAt <= new Date(before).toISOString());
  const isAfter = !after || (sentAt !== null && sentAt >= new Date(after).toISOString());
  const isTo = (query.get('To') ?? text.to) === text.to;
  return isTo && (query.get('From') ?? text.from) === text.from && isOfDay && isBefore && isAfter;
}
