import { Injectable } from '@nestjs/common';
import { CalendarSyncFailed, CalendarSyncRecovered } from '@scheduling/contracts';
import type { PersonId } from '@scheduling/domain';
import { announce } from '@scheduling/events';
import type { Tx } from '@scheduling/persistence';
import { nextConnectionVersion } from '../connections/accounts.store.ts';
import type { GoogleFailure } from '../google/google-failure.ts';
import { noteFailure, noteTold, sumUpHealth } from './health.store.ts';
import { newsOf } from './reading.policy.ts';

@Injectable()
export class HealthService {
  /** Sums up how somebody's calendars are doing, and tells others once when they fail for long and once when they are back. */
  async sumUp(tx: Tx, person: PersonId): Promise<void> {
    const health = await sumUpHealth(tx, person);
    const news = health && newsOf(health, tx.now);
    if (!news) return;
    const word = { user_id: person, version: await nextConnectionVersion(tx, person) };
    await noteTold(tx, person, news === 'failed', word.version);
    if (news === 'recovered') return announce(tx, CalendarSyncRecovered.of(word));
    const known_until = (health.readAt ?? health.connectedAt).toISOString();
    announce(tx, CalendarSyncFailed.of({ ...word, code: 'unreachable', known_until }));
  }

  /** Notes that a calendar could not be read, and why. */
  async failed(tx: Tx, person: PersonId, { kind, code }: GoogleFailure): Promise<void> {
    // Who may not read it any more, or not as before, has another list.
    await noteFailure(tx, person, code, kind === 'not_found' || kind === 'refused');
    await this.sumUp(tx, person);
  }
}
