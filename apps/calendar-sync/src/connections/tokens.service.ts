import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { PersonId } from '@scheduling/domain';
import { Database } from '@scheduling/persistence';
import type { Credentials } from 'google-auth-library';
import { CalendarSyncConfig } from '../config.ts';
import { oauthClient } from '../google/google-client.ts';
import { failureOf, GoogleFailure } from '../google/google-failure.ts';
import {
  type AccountToken,
  endLease,
  expiringSoon,
  findTokens,
  keepRefreshed,
  leaseRefresh,
} from './accounts.store.ts';
import { ConnectionStates } from './connection-states.service.ts';
import { KeyRing } from './key-ring.ts';
import { accessTokenOf, refreshTokenOf } from './secrets.ts';

/** An access token is refreshed for a request when it is over by so many seconds from now, and ahead of any request by so many. */
const AHEAD = { ofRequest: 60, ofNeed: 600 };
/** How often, and how long in between, one waits for another replica that refreshes just now. */
const WAITS = { times: 15, ms: 200 };
const BATCH = 50;

/** Access tokens that live: refreshed ahead of their end, by one replica at a time. */
@Injectable()
export class TokensService {
  constructor(
    private readonly db: Database,
    private readonly ring: KeyRing,
    private readonly states: ConnectionStates,
    private readonly config: CalendarSyncConfig,
  ) {}

  /** A person's access token, another than the one that Google has refused; throws `GoogleFailure` where there is none to be had. */
  async accessToken(person: PersonId, refused?: string): Promise<string> {
    for (let times = 0; times < WAITS.times; times++) {
      const account = await findTokens(this.db.glance(), person);
      if (account?.state !== 'connected') throw new GoogleFailure('reconnect_required', 'not_connected');
      const token = this.ring.open(account.accessToken, accessTokenOf(person));
      if (account.isLive && token !== refused) return token;
      const isRefused = token === refused;
      if (!(await this.refresh(person, AHEAD.ofRequest, isRefused ? account.accessToken : null))) await pause(WAITS.ms);
    }
    throw new GoogleFailure('rate_limited', 'token_underway', 1000);
  }

  /** Refreshes the tokens that are over soon, so that no request waits for it; what fails now is tried by the next request. */
  async refreshAhead(): Promise<void> {
    const people = await this.db.transaction((tx) => expiringSoon(tx, AHEAD.ofNeed, BATCH));
    for (const person of people) {
      try {
        await this.refresh(person, AHEAD.ofNeed, null);
      } catch (error) {
        if (!(error instanceof GoogleFailure)) throw error;
      }
    }
  }

  /** Refreshes one, unless another replica does; answers whether it was this one. */
  private async refresh(
    person: PersonId,
    ahead: number,
    refused: AccountToken['accessToken'] | null,
  ): Promise<boolean> {
    const leased = await this.db.transaction((tx) => leaseRefresh(tx, person, { ahead, refused }));
    if (!leased) return false;
    try {
      const granted = await this.grant(this.ring.open(leased.refreshToken, refreshTokenOf(person)));
      await this.keep(person, leased.until, granted);
      return true;
    } catch (error) {
      const { until } = leased;
      if (error instanceof GoogleFailure && error.kind === 'reconnect_required')
        await this.states.reconnectRequired(person, { code: error.code, until });
      else await this.db.transaction((tx) => endLease(tx, person, until));
      throw error;
    }
  }

  private async grant(refreshToken: string): Promise<Credentials> {
    const client = oauthClient(this.config);
    client.setCredentials({ refresh_token: refreshToken });
    try {
      const { credentials } = await client.refreshAccessToken();
      return credentials;
    } catch (error) {
      throw failureOf(error);
    }
  }

  private async keep(person: PersonId, until: Date, granted: Credentials): Promise<void> {
    const { access_token: access, refresh_token: refresh } = granted;
    const accessToken = this.ring.seal(access!, accessTokenOf(person));
    const refreshToken = refresh ? this.ring.seal(refresh, refreshTokenOf(person)) : null;
    const livesMs = livesFor(granted);
    await this.db.transaction((tx) =>
      keepRefreshed(tx, person, until, { accessToken, refreshToken, expiry: new Date(tx.now.getTime() + livesMs) }),
    );
  }
}

/** How long a token lives, in milliseconds: the library has added this machine's clock to it, which is not ours to go by. */
export const livesFor = ({ expiry_date: expiry }: Credentials): number =>
  Math.max((expiry ?? Date.now() + 3_600_000) - Date.now(), 0);
