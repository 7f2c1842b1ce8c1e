import twilio from 'twilio';
import { NotificationConfig } from '../config.ts';
import { DeliveryFailure } from '../deliveries/delivery-failure.ts';
import { SETTLES_MS } from './twilio-failures.ts';
import { PATIENCE_MS, TwilioHttp } from './twilio-http.ts';

const WEBHOOKS = '/api/v1/scheduling/webhooks/twilio';
const TEXTS_A_PAGE = 100;
/** A phone that got more texts than these pages hold since a moment ago is not to be searched through. */
const MOST_PAGES = 2;

/** A text to be sent. */
export interface NewText {
  /** E.164, with a plus. */
  readonly to: string;
  readonly body: string;
  /** In seconds. */
  readonly validity: number;
  /** The message in the ledger, which callbacks name. */
  readonly messageId: string;
}

/** A text that Twilio has taken. */
export interface TakenText {
  readonly sid: string;
  /** Twilio's word for how far it is. */
  readonly status: string;
  readonly errorCode: number | null;
}

/** Twilio's own client for the account that is configured; each request is made once. */
export class TwilioClient {
  private readonly account: { readonly client: twilio.Twilio; readonly token: string; readonly from: string } | null;
  private readonly publicUrl: string;

  constructor(config: NotificationConfig, patienceMs = PATIENCE_MS) {
    const { TWILIO_ACCOUNT_SID: sid, TWILIO_AUTH_TOKEN: token, TWILIO_FROM: from, TWILIO_API_URL: url } = config;
    const httpClient = new TwilioHttp(url, patienceMs);
    const client = (auth: string) => twilio(sid, auth, { httpClient, autoRetry: false, logLevel: 'error' });
    this.account = sid && token && from ? { client: client(token), token, from } : null;
    this.publicUrl = config.PUBLIC_URL.replace(/\/$/, '');
  }

  /** Whether there is an account to send texts from. */
  get isOn(): boolean {
    return this.account !== null;
  }

  /** Hands a text over; throws `DeliveryFailure`. Asked twice, Twilio sends two. */
  async send({ to, body, validity, messageId }: NewText): Promise<TakenText> {
    const { client, from } = this.on();
    const statusCallback = `${this.publicUrl}${WEBHOOKS}/status?message=${messageId}`;
    const taken = takenOf(await client.messages.create({ to, from, body, statusCallback, validityPeriod: validity }));
    if (!taken) throw new DeliveryFailure('unknown', 'no_sid', 'Twilio answered without naming the text', SETTLES_MS);
    return taken;
  }

  /**
   * Finds the text to a phone that ends with these words, among those that Twilio has taken since; null if there is none.
   * It does not ask by day: a text that waits at Twilio has none yet.
   */
  async find(to: string, end: string, since: Date): Promise<TakenText | null> {
    const { client, from } = this.on();
    let page: Page = await client.messages.page({ to, from, pageSize: TEXTS_A_PAGE });
    for (let pages = 1; ; pages++) {
      const recent = page.instances.filter(({ dateCreated }) => !(dateCreated < since));
      const found = recent.find(({ body }) => body.endsWith(end));
      if (found) return takenOf(found);
      // The newest come first.
      const isOver = page.instances.length > 0 && recent.length === 0;
      const next = isOver ? undefined : await page.nextPage();
      if (!next) return null;
      if (pages === MOST_PAGES)
        throw new DeliveryFailure('unknown', 'too_many_texts', 'the phone got too many texts to find one');
      page = next;
    }
  }

  /** Whether Twilio has signed a webhook; `path` is what stands after the gateway's address, with the query. */
  hasSigned(path: string, params: Readonly<Record<string, string | string[]>>, signature: string): boolean {
    if (!this.account) return false;
    // Not the address that the request came to: the gateway's caller chooses that.
    return twilio.validateRequest(this.account.token, signature, `${this.publicUrl}${path}`, params);
  }

  private on() {
    if (!this.account) throw new DeliveryFailure('later', 'off', 'no account for texts is set up');
    return this.account;
  }
}

/** Some of the texts that were asked for, and the way to the next. */
interface Page {
  readonly instances: readonly (TakenText & { readonly dateCreated: Date; readonly body: string })[];
  readonly nextPage: () => Promise<Page> | undefined;
}

/** Null where Twilio does not say what it means. */
function takenOf({ sid, status, errorCode }: Readonly<Partial<TakenText>>): TakenText | null {
  if (typeof sid !== 'string' || !/^(SM|MM)[0-9a-f]{32}$/i.test(sid)) return null;
  return { sid, status: String(status), errorCode: typeof errorCode === 'number' ? errorCode : null };
}
