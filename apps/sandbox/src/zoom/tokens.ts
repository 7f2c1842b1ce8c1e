import { randomBytes } from 'node:crypto';
import { ZoomRefusal } from './zoom-refusal.ts';

const LIFETIME = 3600;

/** The app whose meetings they are. */
export interface ZoomApp {
  readonly accountId: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Tokens of server-to-server OAuth: each is good for an hour, and none can be renewed. */
export class Tokens {
  private readonly kept = new Map<string, number>();

  constructor(
    private readonly app: ZoomApp,
    private readonly now: () => Date,
  ) {}

  /** Answers the token endpoint. */
  grant(form: URLSearchParams, authorization: string): object {
    const { accountId, clientId, clientSecret } = this.app;
    const basic = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
    if (authorization !== basic) throw new ZoomRefusal(401, 4700, 'Invalid client_id or client_secret');
    if (form.get('grant_type') !== 'account_credentials') throw new ZoomRefusal(400, 4700, 'Unsupported grant type');
    if (form.get('account_id') !== accountId) throw new ZoomRefusal(400, 4700, 'Bad Request: account_id');
    const token = randomBytes(32).toString('base64url');
    this.kept.set(token, this.now().getTime() + LIFETIME * 1000);
    return { access_token: token, token_type: 'bearer', expires_in: LIFETIME, scope: 'meeting:write meeting:read' };
  }

  /** Refuses whoever has no token that is good. */
  check(authorization: string): void {
    const until = this.kept.get(/^Bearer (.+)$/.exec(authorization)?.[1] ?? '');
    if (until === undefined || until <= this.now().getTime()) throw new ZoomRefusal(401, 124, 'Invalid access token.');
  }

  /** All tokens are over before their time. */
  expire(): void {
    this.kept.clear();
  }
}
