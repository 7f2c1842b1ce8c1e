import { createHash, randomBytes } from 'node:crypto';
import type { ConsentRequest } from './consent-request.ts';
import type { GoogleFaults } from './faults.ts';
import { GoogleRefusal, OauthRefusal } from './google-refusal.ts';

/** How long an access token lives, in seconds. */
const LIFETIME = 3599;
const CODE_MS = 600_000;
/** How many refresh tokens a person may have; the oldest die without a word. */
const MOST_REFRESHES = 100;

/** What a person has agreed to. */
export interface Grant {
  readonly email: string;
  readonly scopes: readonly string[];
}

interface Code extends Grant {
  readonly request: ConsentRequest;
  readonly until: number;
}

/** Whose an access token is, and what for. */
export interface Access extends Grant {
  readonly until: number;
}

const token = (prefix: string): string => `${prefix}${randomBytes(24).toString('base64url')}`;

/** Consents and tokens (RFC 6749, with PKCE, RFC 7636). */
export class Grants {
  private readonly codes = new Map<string, Code>();
  private readonly refreshes = new Map<string, Grant>();
  private readonly accesses = new Map<string, Access>();
  /** What people have agreed to in all. */
  private readonly agreed = new Map<string, ReadonlySet<string>>();

  constructor(
    readonly client: { readonly id: string; readonly secret: string },
    private readonly faults: GoogleFaults,
    private readonly now: () => Date,
  ) {}

  /** A person agrees; answers the code, which is good once. */
  agree(request: ConsentRequest, { email, scopes }: Grant): string {
    const code = token('4/0');
    const granted = request.includesGranted ? [...new Set([...(this.agreed.get(email) ?? []), ...scopes])] : scopes;
    this.codes.set(code, { email, scopes: granted, request, until: this.now().getTime() + CODE_MS });
    return code;
  }

  /** Answers the token endpoint. */
  grant(form: URLSearchParams, authorization = ''): object {
    this.identify(form, authorization);
    const of = (name: string) => form.get(name) ?? '';
    if (of('grant_type') === 'refresh_token') return this.refresh(of('refresh_token'));
    if (of('grant_type') === 'authorization_code')
      return this.exchange(of('code'), of('code_verifier'), of('redirect_uri'));
    throw new OauthRefusal('unsupported_grant_type', 'Invalid grant_type.');
  }

  /** Whose access token it is, and what for. */
  bearer(authorization: string): Access {
    const access = this.accesses.get(/^Bearer (.+)$/.exec(authorization)?.[1] ?? '');
    if (access && access.until > this.now().getTime()) return access;
    throw new GoogleRefusal(401, 'authError', 'Invalid Credentials');
  }

  /** Ends all that a person has agreed to, by any token of theirs. */
  revoke(given: string): void {
    const grant = this.refreshes.get(given) ?? this.accesses.get(given);
    if (!grant) throw new OauthRefusal('invalid_token', 'Token expired or revoked');
    this.revokeAll(grant.email);
  }

  /** A person takes all their consents back. */
  revokeAll(email: string): void {
    for (const [refresh, grant] of this.refreshes) if (grant.email === email) this.refreshes.delete(refresh);
    this.expireAccess(email);
    this.agreed.delete(email);
  }

  /** The access tokens of a person are over before their time. */
  expireAccess(email: string): void {
    for (const [access, grant] of this.accesses) if (grant.email === email) this.accesses.delete(access);
  }

  /** Every token that is good. */
  all(): string[] {
    return [...this.refreshes.keys(), ...this.accesses.keys()];
  }

  /** How many refresh tokens a person has given. */
  count(email: string): number {
    return this.refreshesOf(email).length;
  }

  private identify(form: URLSearchParams, authorization: string): void {
    const basic = /^Basic (.+)$/.exec(authorization)?.[1];
    const [id, secret] = basic
      ? Buffer.from(basic, 'base64').toString('utf8').split(':').map(decodeURIComponent)
      : [form.get('client_id'), form.get('client_secret')];
    if (id !== this.client.id || secret !== this.client.secret)
      throw new OauthRefusal('invalid_client', 'The OAuth client was not found.', 401);
  }

  private exchange(code: string, verifier: string, redirectUri: string): object {
    const known = this.codes.get(code);
    this.codes.delete(code);
    const challenge = createHash('sha256').update(verifier).digest('base64url');
    const isGood = known && known.until > this.now().getTime() && known.request.challenge === challenge;
    if (!isGood) throw new OauthRefusal('invalid_grant', 'Malformed auth code.');
    if (known.request.redirectUri !== redirectUri) throw new OauthRefusal('redirect_uri_mismatch', 'Bad Request');
    const { email, scopes, request } = known;
    const isFirst = !this.agreed.has(email);
    this.agreed.set(email, new Set([...(this.agreed.get(email) ?? []), ...scopes]));
    const answer = this.access({ email, scopes });
    // Google gives a refresh token to whoever wants to come back, and again only after having asked the person again.
    return request.isOffline && (isFirst || request.isAskedAgain)
      ? { ...answer, refresh_token: this.keepRefresh({ email, scopes }) }
      : answer;
  }

  private keepRefresh(grant: Grant): string {
    const refreshToken = token('1//0');
    this.refreshes.set(refreshToken, grant);
    for (const oldest of this.refreshesOf(grant.email).slice(0, -MOST_REFRESHES)) this.refreshes.delete(oldest);
    return refreshToken;
  }

  private refresh(refreshToken: string): object {
    const grant = this.refreshes.get(refreshToken);
    if (!grant || this.faults.deniesGrants)
      throw new OauthRefusal('invalid_grant', 'Token has been expired or revoked.');
    return this.access(grant);
  }

  private access(grant: Grant): object {
    const now = this.now().getTime();
    for (const [old, { until }] of this.accesses) if (until <= now) this.accesses.delete(old);
    const accessToken = token('ya29.');
    this.accesses.set(accessToken, { ...grant, until: now + LIFETIME * 1000 });
    return { access_token: accessToken, expires_in: LIFETIME, scope: grant.scopes.join(' '), token_type: 'Bearer' };
  }

  private refreshesOf(email: string): string[] {
    return [...this.refreshes].filter(([, grant]) => grant.email === email).map(([refresh]) => refresh);
  }
}
