import { Injectable, Logger } from '@nestjs/common';
import { Database } from '@scheduling/persistence';
import { CalendarSyncConfig } from '../config.ts';
import { isGoogleOn, oauthClient } from '../google/google-client.ts';
import { failureOf, isForLater } from '../google/google-failure.ts';
import { KeyRing } from './key-ring.ts';
import { endRevocation, isInUse, postponeRevocation, type Revocation, takeRevocations } from './revocations.store.ts';
import { refreshTokenOf } from './secrets.ts';

const BATCH = 20;
/** More than the longest that Google takes. */
const LEASE_SECONDS = 60;
/** After so many tries, within a day or so, it is left to the person, who can take the grant back at Google. */
const MOST_TRIES = 20;
/** How long one waits after the first failure, and at most, in seconds. */
const WAIT = { first: 60, longest: 3600 };

/** Gives grants back that nobody here uses any more. */
@Injectable()
export class RevocationsService {
  private readonly logger = new Logger(RevocationsService.name);

  constructor(
    private readonly db: Database,
    private readonly ring: KeyRing,
    private readonly config: CalendarSyncConfig,
  ) {}

  /** Gives back what is due; what fails is tried again. */
  async workOff(): Promise<void> {
    if (!isGoogleOn(this.config)) return;
    const due = await this.db.transaction((tx) => takeRevocations(tx, BATCH, LEASE_SECONDS));
    await Promise.all(due.map((one) => this.giveBack(one)));
  }

  private async giveBack(one: Revocation): Promise<void> {
    // Google knows one grant of a person's account: given back, it would end the connection that was made anew.
    if (await this.db.transaction((tx) => isInUse(tx, one))) return this.end(one);
    try {
      await oauthClient(this.config).revokeToken(this.ring.open(one.refreshToken, refreshTokenOf(one.userId)));
    } catch (error) {
      const failure = failureOf(error);
      this.logger.warn({ message: 'A grant is not given back yet.', attempt: one.attempts, code: failure.code });
      if (isForLater(failure) && one.attempts < MOST_TRIES) return this.postpone(one);
    }
    await this.end(one);
  }

  private end(one: Revocation): Promise<void> {
    return this.db.transaction((tx) => endRevocation(tx, one));
  }

  private postpone(one: Revocation): Promise<void> {
    const seconds = Math.min(WAIT.first * 2 ** (one.attempts - 1), WAIT.longest);
    return this.db.transaction((tx) => postponeRevocation(tx, one, seconds));
  }
}
