import { hash } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { loggable, type PersonId, ROLES, SchedulingError } from '@scheduling/domain';
import { createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { LRUCache } from 'lru-cache';
import { v5 as uuidv5, validate as isUuid } from 'uuid';
import { type Caller, NotSignedIn } from './caller.ts';
import { GuardedConfig } from './config.ts';

/** Asymmetric ones only: with a shared secret whoever verifies a token could also make one. */
const ALGORITHMS = ['EdDSA', 'ES256', 'ES384', 'ES512', 'RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'];
const CLOCK_SKEW_SECONDS = 30;
const DISCOVERY_MS = 5000;
/** A token by a key that nobody knows asks the issuer again, but not more often than this: strangers can make any number of them. */
const KEYS_REST_MS = 10_000;
/** How long a token that was good is taken for good without asking again, at most: a key that is withdrawn counts so long. */
const REMEMBERED_MS = 60_000;
const MOST_REMEMBERED = 10_000;
/** In characters; ours have some hundreds. */
const LONGEST = 8_000;

export class IssuerUnreachable extends SchedulingError {
  readonly kind = 'unavailable';
  readonly code = 'issuer_unreachable';

  constructor(cause: unknown) {
    super('Tokens cannot be checked just now.', { retry_after_seconds: 2 });
    this.cause = cause;
  }
}

/** Checks bearer tokens against the issuer's published keys, which it finds at the first token. */
@Injectable()
export class Tokens {
  private readonly logger = new Logger(Tokens.name);
  private keys?: Promise<JWTVerifyGetKey>;
  /** Callers by the hash of their token: a signature costs more than all else of a small request. */
  private readonly remembered = new LRUCache<string, { caller: Caller; until: number }>({ max: MOST_REMEMBERED });

  constructor(private readonly config: GuardedConfig) {}

  /** The caller whom a token names; refuses whatever is not signed by the issuer, expired, or for someone else. */
  async verify(token: string): Promise<Caller> {
    if (token.length > LONGEST) throw new NotSignedIn();
    const key = hash('sha256', token, 'base64');
    const known = this.remembered.get(key);
    if (known && Date.now() < known.until) return known.caller;
    const [caller, expiresAt] = await this.check(token);
    this.remembered.set(key, { caller, until: Math.min(Date.now() + REMEMBERED_MS, expiresAt) });
    return caller;
  }

  /** The caller, and when the token expires, in ms since 1970. */
  private async check(token: string): Promise<[Caller, number]> {
    const keys = await this.found();
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer: this.config.AUTH_ISSUER,
        ...(this.config.AUTH_AUDIENCE !== undefined && { audience: this.config.AUTH_AUDIENCE }),
        algorithms: ALGORITHMS,
        clockTolerance: CLOCK_SKEW_SECONDS,
        requiredClaims: ['sub', 'exp'],
      });
      return [callerFrom(payload, this.config.AUTH_ISSUER), payload.exp! * 1000];
    } catch (error) {
      if (isAboutTheIssuer(error)) throw this.unreachable(error);
      throw new NotSignedIn();
    }
  }

  private async found(): Promise<JWTVerifyGetKey> {
    this.keys ??= discover(this.config.AUTH_ISSUER);
    try {
      return await this.keys;
    } catch (error) {
      delete this.keys;
      throw this.unreachable(error);
    }
  }

  private unreachable(error: unknown): IssuerUnreachable {
    this.logger.error({ message: 'The issuer could not be asked for its keys.', error: loggable(error) });
    return new IssuerUnreachable(error);
  }
}

/** The keys did not come, or not as keys: that says nothing about the token. An answer other than 200 has no class of its own in jose. */
const isAboutTheIssuer = (error: unknown): boolean =>
  !(error instanceof errors.JOSEError) ||
  error instanceof errors.JWKSTimeout ||
  error instanceof errors.JWKSInvalid ||
  error.code === errors.JOSEError.code;

/** OpenID Connect Discovery 1.0, section 4. */
async function discover(issuer: string): Promise<JWTVerifyGetKey> {
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const answer = await fetch(address, { signal: AbortSignal.timeout(DISCOVERY_MS) });
  if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
  const found = (await answer.json()) as { issuer?: unknown; jwks_uri?: unknown };
  // Section 4.3: else whoever answers in the issuer's place could name keys of its own.
  if (found.issuer !== issuer) throw new Error(`${address} speaks for another issuer`);
  return createRemoteJWKSet(new URL(String(found.jwks_uri)), {
    cooldownDuration: KEYS_REST_MS,
    timeoutDuration: DISCOVERY_MS,
    cacheMaxAge: REMEMBERED_MS,
  });
}

/** `person_id` is the subject where that is a UUID; else it is made from issuer and subject, the same way each time. */
function callerFrom(claims: JWTPayload, issuer: string): Caller {
  const subject = claims.sub!;
  const personId = isUuid(subject) ? subject.toLowerCase() : uuidv5(subject, uuidv5(issuer, uuidv5.URL));
  const named: unknown[] = Array.isArray(claims['roles']) ? claims['roles'] : [];
  const text = (claim: unknown): string | null => (typeof claim === 'string' && claim !== '' ? claim : null);
  return {
    personId: personId as PersonId,
    roles: ROLES.filter((role) => named.includes(role)),
    issuer,
    subject,
    name: text(claims['name']),
    email: text(claims['email']),
    timezone: text(claims['zoneinfo']),
    locale: text(claims['locale']),
  };
}
