import { Injectable } from '@nestjs/common';
import { type AvailabilityId, newId, type PersonId } from '@scheduling/domain';
import { audit, Database, lockLiving, lockPeople, type Tx } from '@scheduling/persistence';
import { OverrideNotFound, TooManyOverrides } from '../availability.errors.ts';
import type { Outcome } from '../conflicts/conflicts.policy.ts';
import { ConflictsService } from '../conflicts/conflicts.service.ts';
import { dayOf } from '../openings/expansion.policy.ts';
import { PublishService } from '../openings/publish.service.ts';
import { teachingOf } from '../openings/teaching.store.ts';
import { type Tutor, zoneOf } from '../zones.policy.ts';
import { type OverrideWish, refuseTooManyHours, soundOverride } from './overrides.policy.ts';
import { type DateOverride, deleteOverride, keepOverride, overridesOf } from './overrides.store.ts';

const MOST_OVERRIDES = 366;

/** An override as it was kept, and what follows from it. */
export interface KeptOverride extends Outcome {
  readonly override: DateOverride;
}

@Injectable()
export class OverridesService {
  constructor(
    private readonly db: Database,
    private readonly conflicts: ConflictsService,
    private readonly publishing: PublishService,
  ) {}

  /** Keeps what a tutor does on a date in the place of what was kept for it, and publishes what follows. */
  keep(tutor: Tutor, wish: OverrideWish): Promise<KeptOverride> {
    return this.db.transaction(async (tx) => {
      await lockLiving(tx, tutor.id);
      const kept = await this.keepIn(tx, tutor, wish);
      await this.publishing.publish(tx, tutor.id);
      audit(tx, { action: 'OverrideKept', subject: ['override', kept.override.id] });
      return kept;
    });
  }

  private async keepIn(tx: Tx, tutor: Tutor, wish: OverrideWish): Promise<KeptOverride> {
    const teaching = (await teachingOf(tx, [tutor.id])).get(tutor.id)!;
    const { settings, overrides } = teaching;
    const sound = soundOverride(wish, zoneOf(wish.timezone, settings.timezone, tutor.tokenZone), tx.now);
    const others = overrides.filter(({ date }) => date !== wish.date);
    if (others.length >= MOST_OVERRIDES) throw new TooManyOverrides(MOST_OVERRIDES);
    const known = overrides.find(({ date }) => date === wish.date);
    const override: DateOverride = { ...sound, id: known?.id ?? newId<AvailabilityId>(), tutorId: tutor.id };

    refuseTooManyHours(override, settings);
    const after = { ...teaching, overrides: [...others, override] };
    const entry = { id: override.id, beginsAt: dayOf(override).startAt, after, onConflict: wish.onConflict };
    const outcome = await this.conflicts.judge(tx, entry);
    await keepOverride(tx, override);
    return { override, ...outcome };
  }

  /** A tutor's overrides of dates that are not over, the soonest first. */
  list(tutorId: PersonId): Promise<DateOverride[]> {
    return this.db.transaction((tx) => overridesOf(tx, [tutorId]));
  }

  /** What a tutor does on one date. */
  async find(tutorId: PersonId, date: string): Promise<DateOverride> {
    const override = (await this.list(tutorId)).find((one) => one.date === date);
    if (!override) throw new OverrideNotFound(date);
    return override;
  }

  /** Takes an override away; the date is as the rules have it again. */
  delete(tutorId: PersonId, date: string): Promise<void> {
    return this.db.transaction(async (tx) => {
      await lockPeople(tx, [tutorId]);
      if (!(await deleteOverride(tx, tutorId, date))) throw new OverrideNotFound(date);
      audit(tx, { action: 'OverrideDeleted', subject: ['override', `${tutorId}/${date}`] });
      await this.publishing.publish(tx, tutorId);
    });
  }
}
