import { Injectable } from '@nestjs/common';
import { type ExpectedVersions, refuseStale } from '@scheduling/domain';
import { audit, Database, lockLiving } from '@scheduling/persistence';
import { knownZone } from '@scheduling/time';
import { refuseTooMuch } from '../openings/bounds.policy.ts';
import { horizonOf } from '../openings/openings.policy.ts';
import { PublishService } from '../openings/publish.service.ts';
import { teachingOf } from '../openings/teaching.store.ts';
import { type Tutor, zoneOf } from '../zones.policy.ts';
import { findSettings, keepSettings, type Settings } from './settings.store.ts';

/** A tutor's settings, and the timezone that holds for them. */
export interface Held {
  readonly settings: Settings;
  readonly zone: string;
}

/** What decides how much there is to work out. */
const TELLING = ['horizonDays', 'lessonMinutes', 'startStepMinutes'] as const;

@Injectable()
export class SettingsService {
  constructor(
    private readonly db: Database,
    private readonly publishing: PublishService,
  ) {}

  /** A tutor's settings, or the defaults. */
  async find(tutor: Tutor): Promise<Held> {
    return held(await this.db.transaction((tx) => findSettings(tx, tutor.id)), tutor);
  }

  /** Changes what is given of a tutor's settings, if they are as expected, and publishes what follows from it. */
  async change(tutor: Tutor, changes: Partial<Settings>, expected: ExpectedVersions): Promise<Held> {
    if (typeof changes.timezone === 'string') knownZone(changes.timezone);
    return this.db.transaction(async (tx) => {
      await lockLiving(tx, tutor.id);
      const teaching = (await teachingOf(tx, [tutor.id])).get(tutor.id)!;
      const { version } = teaching.settings;
      refuseStale(expected, version);
      const settings = { ...teaching.settings, ...changes, version: version + 1 };
      if (TELLING.some((field) => field in changes))
        refuseTooMuch({ ...teaching, settings }, horizonOf(settings, tx.now));
      await keepSettings(tx, tutor.id, settings);
      audit(tx, { action: 'AvailabilitySettingsChanged', subject: ['person', tutor.id] });
      await this.publishing.publish(tx, tutor.id);
      return held(settings, tutor);
    });
  }
}

const held = (settings: Settings, { tokenZone }: Tutor): Held => ({
  settings,
  zone: zoneOf(undefined, settings.timezone, tokenZone).name,
});
