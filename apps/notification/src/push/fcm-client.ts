import type { NotificationConfig } from '../config.ts';
import { type FcmAccount, fcmAccountOf } from './fcm-account.ts';
import { fcmMessageOf, fcmOutcomeOf } from './fcm-message.policy.ts';
import { FcmTokens } from './fcm-tokens.ts';
import { type Outcome, TAKEN, unheard } from './outcome.ts';
import type { Push } from './push-content.ts';
import { retryAfterOf } from './retry-after.ts';

/** How long one request may take, in milliseconds; three of them are well below the lease of a message. */
const PATIENCE = 10_000;

/** Firebase Cloud Messaging (HTTP v1), which reaches telephones of both kinds. */
export class FcmClient {
  private readonly account: FcmAccount | null;
  private readonly tokens: FcmTokens | null;
  private readonly url: string;

  constructor(
    { FCM_SERVICE_ACCOUNT: json, FCM_API_URL: place }: NotificationConfig,
    private readonly patience = PATIENCE,
  ) {
    this.account = json === undefined ? null : fcmAccountOf(json);
    this.tokens = this.account && new FcmTokens(this.account, patience);
    const base = place?.replace(/\/$/, '') ?? 'https://fcm.googleapis.com';
    this.url = `${base}/v1/projects/${this.account?.projectId}/messages:send`;
  }

  /** Whether a service account is set up. */
  get isOn(): boolean {
    return this.tokens !== null;
  }

  /** Sends a message to one telephone; the second time with a new token, where the first was refused. */
  async send(address: string, push: Push, now: Date): Promise<Outcome> {
    const message = fcmMessageOf(address, push, now);
    const first = await this.try(message, now);
    return first.fate === 'later' && first.code === '401' ? this.try(message, now) : first;
  }

  private async try(message: object, now: Date): Promise<Outcome> {
    const { tokens } = this;
    if (!tokens) return { fate: 'refused', code: 'not_set_up' };
    let token: string;
    try {
      token = await tokens.current();
    } catch (error) {
      return unheard(`token_${codeOf(error)}`);
    }
    try {
      const response = await fetch(this.url, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ message }),
        signal: AbortSignal.timeout(this.patience),
        redirect: 'error',
      });
      const text = await response.text();
      if (response.status === 401) tokens.forget(token);
      if (response.ok) return TAKEN;
      return fcmOutcomeOf(response.status, text, retryAfterOf(response.headers.get('retry-after'), now));
    } catch (error) {
      return unheard(codeOf(error));
    }
  }
}

/** What of an error of `fetch` or of the client library matters. */
interface Failed {
  readonly name?: string;
  readonly code?: unknown;
  readonly response?: { readonly status?: number };
  readonly cause?: Failed;
}

/** A word for it, without what anybody wrote. */
function codeOf(error: unknown): string {
  const { name, code, response, cause } = error as Failed;
  if (response?.status !== undefined) return String(response.status);
  if (name === 'TimeoutError' || cause?.name === 'TimeoutError') return 'timeout';
  const word = cause?.code ?? code;
  return typeof word === 'string' ? word : 'network';
}
