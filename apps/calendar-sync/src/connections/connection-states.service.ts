import { Injectable } from '@nestjs/common';
import { CalendarSyncFailed } from '@scheduling/contracts';
import type { PersonId } from '@scheduling/domain';
import { announce } from '@scheduling/events';
import { Database, lockPeople } from '@scheduling/persistence';
import { breakAccount, nextConnectionVersion, restWork } from './accounts.store.ts';

@Injectable()
export class ConnectionStates {
  constructor(private readonly db: Database) {}

  /**
   * Google lets us in no longer, as whoever held the lease of the refresh `until` then was told: the connection rests until its person
   * connects again, and everybody concerned hears of it, once.
   */
  reconnectRequired(person: PersonId, reason: { code: string; until: Date }): Promise<void> {
    return this.db.transaction(async (tx) => {
      await lockPeople(tx, [person]);
      const version = await nextConnectionVersion(tx, person);
      const knownUntil = await breakAccount(tx, person, reason, version);
      if (!knownUntil) return;
      await restWork(tx, person);
      const known_until = knownUntil.toISOString();
      announce(tx, CalendarSyncFailed.of({ user_id: person, version, code: 'reconnect_required', known_until }));
    });
  }
}
