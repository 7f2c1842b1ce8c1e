import { Injectable, Logger } from '@nestjs/common';
import { CalendarDisconnected } from '@scheduling/contracts';
import type { PersonId } from '@scheduling/domain';
import { announce } from '@scheduling/events';
import { Database, lockPeople, type Tx } from '@scheduling/persistence';
import { BusyService } from '../busy/busy.service.ts';
import { forgetCalendars, openChannelsOf, type StoppableChannel } from '../calendars/calendars.store.ts';
import { CalendarSyncConfig } from '../config.ts';
import { calendarOf, requestOptions } from '../google/google-client.ts';
import { failureOf } from '../google/google-failure.ts';
import { findTokens, forgetAccount, nextConnectionVersion } from './accounts.store.ts';
import { KeyRing } from './key-ring.ts';
import { RevocationsService } from './revocations.service.ts';
import { accessTokenOf } from './secrets.ts';

@Injectable()
export class DisconnectService {
  private readonly logger = new Logger(DisconnectService.name);

  constructor(
    private readonly db: Database,
    private readonly ring: KeyRing,
    private readonly busy: BusyService,
    private readonly revocations: RevocationsService,
    private readonly config: CalendarSyncConfig,
  ) {}

  /**
   * Forgets a person's connection and all that their calendars said; bookings stay, and so does what stands in the calendars. Google is told
   * afterwards: a channel that it does not hear of ends by itself, and the grant is given back however often that has to be tried.
   */
  async disconnect(person: PersonId): Promise<void> {
    const tokens = await findTokens(this.db.glance(), person);
    const channels = await this.db.transaction((tx) => this.forget(tx, person));
    if (!tokens || !channels) return;
    const accessToken = this.ring.open(tokens.accessToken, accessTokenOf(person));
    // First the channels, while there is a token that may.
    await this.stop(channels, accessToken);
    await this.revocations.workOff();
  }

  /** Forgets a connection in a transaction of the caller's, and has the grant given back later; answers the channels that Google could be told to end. */
  async forget(tx: Tx, person: PersonId): Promise<readonly StoppableChannel[] | null> {
    await lockPeople(tx, [person]);
    const channels = await openChannelsOf(tx, person);
    if (!(await forgetAccount(tx, person))) return null;
    await forgetCalendars(tx, person);
    const version = await nextConnectionVersion(tx, person);
    announce(tx, CalendarDisconnected.of({ user_id: person, version }));
    await this.busy.restate(tx, person);
    return channels;
  }

  private async stop(channels: readonly StoppableChannel[], accessToken: string): Promise<void> {
    const google = calendarOf(this.config, accessToken);
    await Promise.all(
      channels.map(({ id, resourceId }) =>
        this.attempt(() => google.channels.stop({ requestBody: { id, resourceId } }, requestOptions())),
      ),
    );
  }

  private async attempt(request: () => Promise<unknown>): Promise<void> {
    try {
      await request();
    } catch (error) {
      this.logger.warn({ message: 'Google did not stop a channel.', code: failureOf(error).code });
    }
  }
}
