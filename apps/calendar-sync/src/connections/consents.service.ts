import { createHash, randomBytes } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { CalendarConnected } from '@scheduling/contracts';
import type { PersonId } from '@scheduling/domain';
import { announce } from '@scheduling/events';
import { actingIs, audit, Database, lockLiving, lockPeople, type Tx } from '@scheduling/persistence';
import { CodeChallengeMethod, type Credentials } from 'google-auth-library';
import { CalendarListService } from '../calendars/calendar-list.service.ts';
import { CalendarSyncConfig } from '../config.ts';
import { isGoogleOn, oauthClient, SCOPES } from '../google/google-client.ts';
import { failureOf, isForLater } from '../google/google-failure.ts';
import { findTokens, giveBack, keepAccount, nextConnectionVersion } from './accounts.store.ts';
import { ConsentFailed, ConsentUnknown, GoogleOff, GoogleUnreachable, ScopesMissing } from './connections.errors.ts';
import { type Consent, isRemembered, openConsent, useConsent, useNewestConsent } from './consents.store.ts';
import { KeyRing } from './key-ring.ts';
import { accessTokenOf, refreshTokenOf, verifierOf } from './secrets.ts';
import { livesFor } from './tokens.service.ts';

/** How long a person may take to agree, in minutes. */
const PATIENCE_MINUTES = 10;

/** Where a browser goes to agree, and until when. */
export interface Asked {
  readonly url: string;
  readonly expiresAt: Date;
}

/** A code that Google gave: with the state that it was asked for, or for the caller's newest. */
export interface Answer {
  readonly code: string;
  readonly state: string | null;
  /** Who brings it; null for a browser that came back by itself, whom the state names. */
  readonly by: PersonId | null;
}

/** Consents to our reading and writing somebody's calendars (RFC 6749, with PKCE, RFC 7636). */
@Injectable()
export class ConsentsService {
  private readonly logger = new Logger(ConsentsService.name);

  constructor(
    private readonly db: Database,
    private readonly ring: KeyRing,
    private readonly lists: CalendarListService,
    private readonly config: CalendarSyncConfig,
  ) {}

  /** Where a person agrees: the address is theirs alone, and good once. */
  async ask(person: PersonId): Promise<Asked> {
    if (!isGoogleOn(this.config)) throw new GoogleOff();
    const client = oauthClient(this.config);
    const state = randomBytes(32).toString('base64url');
    const { codeVerifier, codeChallenge } = await client.generateCodeVerifierAsync();
    const consent = {
      stateHash: hashOf(state),
      userId: person,
      codeVerifier: this.ring.seal(codeVerifier, verifierOf(person)),
    };
    const expiresAt = await this.db.transaction(async (tx) => {
      await lockLiving(tx, person);
      audit(tx, { action: 'ConsentAsked', subject: ['person', person] });
      return openConsent(tx, consent, PATIENCE_MINUTES);
    });
    const url = client.generateAuthUrl({
      access_type: 'offline',
      // Without it Google gives a refresh token the first time only.
      prompt: 'consent',
      include_granted_scopes: true,
      scope: SCOPES,
      state,
      code_challenge: codeChallenge!,
      code_challenge_method: CodeChallengeMethod.S256,
    });
    return { url, expiresAt };
  }

  /** Connects whom the consent is of; the state is used up first, whatever comes of it. */
  async answer({ code, state, by }: Answer): Promise<void> {
    if (!isGoogleOn(this.config)) throw new GoogleOff();
    const consent = await this.db.transaction((tx) =>
      state === null ? useNewestConsent(tx, by!) : useConsent(tx, hashOf(state), by),
    );
    if (!consent) throw new ConsentUnknown();
    // Nobody is signed in where Google sends a browser back to.
    if (by === null) actingIs(consent.userId, ['link']);
    const granted = await this.exchange(code, consent);
    await this.refuseTooLittle(consent.userId, granted);
    const isConnected = await this.db.transaction((tx) => this.connect(tx, consent, granted));
    if (!isConnected) throw new ConsentUnknown();
    await this.lists.readNow(consent.userId);
  }

  /** Uses up a consent that its person has said no to. */
  async decline(state: string): Promise<void> {
    await this.db.transaction((tx) => useConsent(tx, hashOf(state), null));
  }

  private async exchange(code: string, { userId, codeVerifier }: Consent): Promise<Credentials> {
    try {
      const verifier = this.ring.open(codeVerifier, verifierOf(userId));
      const { tokens } = await oauthClient(this.config).getToken({ code, codeVerifier: verifier });
      return tokens;
    } catch (error) {
      const failure = failureOf(error);
      if (isForLater(failure)) throw new GoogleUnreachable(10);
      throw new ConsentFailed();
    }
  }

  /** People can untick what they are asked for; half a consent is none, and is given back. */
  private async refuseTooLittle(person: PersonId, tokens: Credentials): Promise<void> {
    const { scope = '', access_token: access, refresh_token: refresh } = tokens;
    const granted = new Set(scope.split(' '));
    const missing = SCOPES.filter((one) => !granted.has(one));
    if (missing.length === 0 && access && refresh) return;
    // Google may know one grant of an account: given back, it would end the connection that stands.
    const isConnected = (await findTokens(this.db.glance(), person)) !== undefined;
    try {
      if (!isConnected) await oauthClient(this.config).revokeToken((refresh ?? access)!);
    } catch (error) {
      this.logger.warn({ message: 'Half a consent could not be given back.', code: failureOf(error).code });
    }
    throw missing.length > 0 ? new ScopesMissing(missing) : new ConsentFailed();
  }

  /** False where the person was erased while Google was asked: the grant is given back. */
  private async connect(tx: Tx, { userId, stateHash }: Consent, granted: Credentials): Promise<boolean> {
    await lockPeople(tx, [userId]);
    const refreshToken = this.ring.seal(granted.refresh_token!, refreshTokenOf(userId));
    if (!(await isRemembered(tx, stateHash))) {
      await giveBack(tx, userId, refreshToken);
      return false;
    }
    const account = {
      userId,
      accessToken: this.ring.seal(granted.access_token!, accessTokenOf(userId)),
      refreshToken,
      expiry: new Date(tx.now.getTime() + livesFor(granted)),
      scopes: granted.scope!.split(' '),
    };
    const version = await nextConnectionVersion(tx, userId);
    await keepAccount(tx, account, version);
    announce(tx, CalendarConnected.of({ user_id: userId, version }));
    return true;
  }
}

const hashOf = (state: string): Buffer => createHash('sha256').update(state).digest();
