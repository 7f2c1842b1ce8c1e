import { randomBytes } from 'node:crypto';
import type { FcmAccount } from './fcm-account.ts';
import { claimsOf } from './web-push-crypto.ts';

const GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const SCOPE = 'https://www.googleapis.com/auth/firebase.messaging';
const LIFETIME = 3600;

/** The access tokens of an account, given to whoever shows something that its key has signed. */
export class FcmTokens {
  private readonly kept = new Map<string, number>();

  constructor(private readonly now: () => Date) {}

  /** Answers the token endpoint at this address; null where it refuses. */
  grant(form: URLSearchParams, account: FcmAccount, address: string): object | null {
    const now = this.now().getTime() / 1000;
    if (form.get('grant_type') !== GRANT) return null;
    try {
      const { iss, aud, scope, iat, exp } = claimsOf(form.get('assertion') ?? '', account.publicKey, 'RS256');
      const isInTime = Number(exp) > now && Number(exp) - Number(iat) <= LIFETIME;
      if (iss !== account.email || aud !== address || scope !== SCOPE || !isInTime) return null;
    } catch {
      return null;
    }
    const token = randomBytes(32).toString('base64url');
    this.kept.set(token, now + LIFETIME);
    return { access_token: token, expires_in: LIFETIME - 1, token_type: 'Bearer' };
  }

  /** Whether a request shows a token that is good. */
  isGood(authorization: string): boolean {
    const until = this.kept.get(/^Bearer (.+)$/.exec(authorization)?.[1] ?? '');
    return until !== undefined && until > this.now().getTime() / 1000;
  }

  /** All tokens are over before their time. */
  expire(): void {
    this.kept.clear();
  }
}
