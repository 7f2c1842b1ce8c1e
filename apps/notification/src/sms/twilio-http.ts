import twilio from 'twilio';
import { retryAfterOf } from '../push/retry-after.ts';
import { failureOfAnswer, failureOfSilence } from './twilio-failures.ts';

const TWILIO = 'https://api.twilio.com';
/** How long Twilio may keep us waiting, in milliseconds. */
export const PATIENCE_MS = 10_000;

type Options<T> = Parameters<typeof twilio.RequestClient.prototype.request<T>>[0];
type Answer<T> = Awaited<ReturnType<typeof twilio.RequestClient.prototype.request<T>>>;

/** How Twilio's client asks: once, and what is refused or lost is a `DeliveryFailure`. */
export class TwilioHttp extends twilio.RequestClient {
  /** `url` is where Twilio is, without a path. */
  constructor(
    private readonly url: string = TWILIO,
    patienceMs = PATIENCE_MS,
  ) {
    // On a connection of its own each: one that Twilio has just let go would leave us in doubt about a text.
    super({ timeout: patienceMs, keepAlive: false, autoRetry: false });
  }

  override async request<T>(options: Options<T>): Promise<Answer<T>> {
    const uri = options.uri.replace(TWILIO, this.url.replace(/\/$/, ''));
    let answer: Answer<T>;
    try {
      answer = await super.request({ ...options, uri });
    } catch (error) {
      throw failureOfSilence(error);
    }
    const { statusCode: status, body, headers } = answer;
    if (status >= 200 && status < 300) return answer;
    const code = (body as { code?: unknown } | null)?.code;
    const rest = (headers as Readonly<Record<string, string>>)['retry-after'];
    throw failureOfAnswer({
      status,
      code: typeof code === 'number' ? code : undefined,
      retryAfterMs: retryAfterOf(rest, new Date()),
    });
  }
}
