import { gaxios, JWT } from 'google-auth-library';
import type { FcmAccount } from './fcm-account.ts';

const SCOPE = 'https://www.googleapis.com/auth/firebase.messaging';
/** Makes the library ask for a new token. */
const NONE = { refresh_token: 'jwt-placeholder', expiry_date: 1 };

/** Asks where the account says, once: whether to try again is the ledger's to say. */
class TokenTransport extends gaxios.Gaxios {
  constructor(
    private readonly tokenUri: string,
    private readonly patience: number,
  ) {
    super();
  }

  // The library knows Google's address alone, and would ask up to four times.
  override request<T>(options: gaxios.GaxiosOptions) {
    const { tokenUri: url, patience: timeout } = this;
    return super.request<T>({
      ...options,
      url,
      timeout,
      retryConfig: { retry: 0, noResponseRetries: 0 },
      fetchImplementation: fetch,
    });
  }
}

/** The access tokens of a service account; one is used until shortly before it runs out. */
export class FcmTokens {
  private readonly client: JWT;

  constructor({ email, privateKey, tokenUri }: FcmAccount, patience: number) {
    this.client = new JWT({
      email,
      key: privateKey,
      scopes: [SCOPE],
      additionalClaims: { aud: tokenUri },
      transporter: new TokenTransport(tokenUri, patience),
    });
  }

  /** A token that is good, as far as we know. */
  async current(): Promise<string> {
    const { token } = await this.client.getAccessToken();
    if (!token) throw new Error('The token endpoint gave no token.');
    return token;
  }

  /** Hears that a token was refused; whoever tells of it first has the next one asked for. */
  forget(token: string): void {
    if (this.client.credentials.access_token === token) this.client.setCredentials(NONE);
  }
}
