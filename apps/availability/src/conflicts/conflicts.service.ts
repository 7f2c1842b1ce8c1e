import { Injectable } from '@nestjs/common';
import type { PersonId } from '@scheduling/domain';
import { Database, type Tx } from '@scheduling/persistence';
import { refuseTooMuch, refuseTooMuchTimeOff } from '../openings/bounds.policy.ts';
import { occurrencesOf } from '../openings/expansion.policy.ts';
import { type Horizon, horizonOf } from '../openings/openings.policy.ts';
import type { Teaching } from '../openings/teaching.ts';
import { teachingOf } from '../openings/teaching.store.ts';
import { bookedLessons } from '../taken/taken.store.ts';
import type { TimeOff } from '../time-off/time-off.store.ts';
import {
  bookedWithin,
  type Conflict,
  conflictsOf,
  type Outcome,
  refuseOverlaps,
  slotsOf,
  soonestFew,
  type Standing,
  standingOf,
} from './conflicts.policy.ts';
import { type UnwantedLesson, unwantedLessons } from './unwanted-lessons.policy.ts';

const MOST = 200;
/** Later than any lesson. */
const FAR = new Date('2100-01-01T00:00:00Z');

/** A block or an override that a tutor enters or changes. */
export interface Entry {
  readonly id: string;
  readonly beginsAt: Date;
  /** All of the tutor's with it. */
  readonly after: Teaching;
  /** What becomes of time that overlaps other availability: it is offered once, or nothing is kept. */
  readonly onConflict: 'merge' | 'refuse';
}

@Injectable()
export class ConflictsService {
  constructor(private readonly db: Database) {}

  /** Works out what follows from what a tutor enters, or refuses it; called under the tutor's lock. */
  async judge(tx: Tx, { id, beginsAt, after, onConflict }: Entry): Promise<Outcome> {
    const horizon = horizonOf(after.settings, tx.now);
    refuseTooMuch(after, horizon);
    const now = await this.standing(tx, after, horizon);
    // What begins beyond the horizon gives nothing yet, and is held against what is there when it begins.
    const then = horizonOf(after.settings, beginsAt);
    const conflicts = conflictsOf(id, beginsAt < horizon.until ? now : await this.standing(tx, after, then));
    if (onConflict === 'refuse') refuseOverlaps(conflicts);
    return { slots: slotsOf(id, now), conflicts: soonestFew(conflicts) };
  }

  /** Works out which booked lessons time off meets, or refuses it; called under the tutor's lock. */
  async judgeTimeOff(tx: Tx, timeOff: TimeOff, after: Teaching): Promise<Conflict[]> {
    refuseTooMuchTimeOff(after, horizonOf(after.settings, tx.now));
    const booked = await bookedLessons(tx, after.tutorId, tx.now, FAR);
    const until = booked.at(-1)?.endAt ?? tx.now;
    return soonestFew(bookedWithin(occurrencesOf(timeOff, { from: tx.now, until }).found, booked));
  }

  private async standing(tx: Tx, teaching: Teaching, horizon: Horizon): Promise<Standing> {
    return standingOf(teaching, await bookedLessons(tx, teaching.tutorId, horizon.from, horizon.until), horizon);
  }

  /** A tutor's booked lessons to come that they would not offer any more, the soonest first, as far as booking was heard. */
  list(tutorId: PersonId): Promise<UnwantedLesson[]> {
    return this.db.transaction(async (tx) => {
      const teaching = (await teachingOf(tx, [tutorId])).get(tutorId)!;
      const { from, until } = horizonOf(teaching.settings, tx.now);
      const booked = (await bookedLessons(tx, tutorId, from, FAR)).filter(({ startAt }) => startAt >= from);
      // A lesson may have been booked when the horizon was farther away.
      const last = booked.at(-1)?.endAt ?? until;
      const standing = standingOf(teaching, booked, { from, until: last > until ? last : until });
      return unwantedLessons(teaching, standing).slice(0, MOST);
    });
  }
}
