import { Injectable } from '@nestjs/common';
import type { PersonId, Role } from '@scheduling/domain';
import { Database, type Tx } from '@scheduling/persistence';
import { localWeek } from '@scheduling/time';
import { RangeBackwards, RangeTooLong } from '../availability.errors.ts';
import { type Horizon, termsOf } from '../openings/openings.policy.ts';
import { lastPublished } from '../openings/schedules.store.ts';
import { teachingOf } from '../openings/teaching.store.ts';
import { TakenService } from '../taken/taken.service.ts';
import { takenSeats } from '../taken/taken.store.ts';
import { ExplainedToOthers } from './explain.errors.ts';
import { explain, type Explained } from './explain.policy.ts';

const DAY = 86_400_000;
const MOST_DAYS = 31;

/** Why each lesson of a tutor can or cannot be booked, by what had been heard of booking until an instant. */
export interface Explanation {
  readonly asOf: Date;
  readonly timezone: string;
  readonly intervals: readonly Explained[];
}

/** Who asks. */
export interface Asker {
  readonly personId: PersonId;
  readonly roles: readonly Role[];
}

@Injectable()
export class ExplainService {
  constructor(
    private readonly db: Database,
    private readonly taken: TakenService,
  ) {}

  /** Explains a tutor's time, to the tutor or an admin, 31 days at most. */
  async explain(asker: Asker, tutorId: PersonId, asked: Horizon): Promise<Explanation> {
    if (asker.personId !== tutorId && !asker.roles.includes('admin')) throw new ExplainedToOthers();
    const length = asked.until.getTime() - asked.from.getTime();
    if (length <= 0) throw new RangeBackwards('end');
    if (length > MOST_DAYS * DAY) throw new RangeTooLong(MOST_DAYS, 'end');
    // Before anything is read: what reaches the log meanwhile may be missing from the answer.
    const askedAt = await this.db.transaction(async (tx) => tx.now);
    const asOf = new Date(askedAt.getTime() - (await this.taken.ageOfKnowledge()));
    return this.db.transaction(async (tx) => ({ asOf, ...(await this.explainIn(tx, tutorId, asked)) }));
  }

  private async explainIn(tx: Tx, tutorId: PersonId, asked: Horizon): Promise<Omit<Explanation, 'asOf'>> {
    const teaching = (await teachingOf(tx, [tutorId])).get(tutorId)!;
    const { timezone } = termsOf(teaching);
    // A week's cap counts all of its lessons, and a lesson outside may have its buffer inside.
    const from = new Date(localWeek(asked.from, timezone).from.getTime() - DAY);
    const until = new Date(localWeek(asked.until, timezone).until.getTime() + DAY);
    const seats = await takenSeats(tx, tutorId, from, until);
    const publishedUntil = (await lastPublished(tx, tutorId))?.until ?? null;
    return { timezone, intervals: explain({ teaching, seats, publishedUntil, now: tx.now }, asked) };
  }
}
