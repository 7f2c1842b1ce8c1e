import { Injectable } from '@nestjs/common';
import type { PersonId } from '@scheduling/domain';
import { Database, lockPeople } from '@scheduling/persistence';
import { knownZone } from '@scheduling/time';
import { PublishService } from '../openings/publish.service.ts';
import { zoneOf } from '../zones.policy.ts';
import { findSettings, keepSettings, type Settings } from './settings.store.ts';

@Injectable()
export class SettingsService {
  constructor(
    private readonly db: Database,
    private readonly publishing: PublishService,
  ) {}

  /** A tutor's settings, or the defaults, with the timezone that holds for them. */
  async find(tutorId: PersonId, tokenZone: string | null): Promise<{ settings: Settings; zone: string }> {
    const settings = await this.db.transaction((tx) => findSettings(tx, tutorId));
    return { settings, zone: zoneOf(undefined, settings.timezone, tokenZone).name };
  }

  /** Changes what is given of a tutor's settings and publishes what follows from it. */
  change(tutorId: PersonId, changes: Partial<Settings> & { timezone: string }): Promise<Settings> {
    return this.db.transaction(async (tx) => {
      await lockPeople(tx, [tutorId]);
      const settings = { ...(await findSettings(tx, tutorId)), ...changes, timezone: knownZone(changes.timezone) };
      await keepSettings(tx, tutorId, settings);
      await this.publishing.publish(tx, tutorId);
      return settings;
    });
  }
}
