import { Injectable } from '@nestjs/common';
import type { PersonId, SlotId } from '@scheduling/domain';
import { announce } from '@scheduling/events';
import { Database, isExcluded, once, type Repeatable, type Tx, violates } from '@scheduling/persistence';
import { TimeTaken } from '../claims/claims.errors.ts';
import { hasCaps } from '../slots/caps.policy.ts';
import { TimeBack } from '../slots/time-back.service.ts';
import { AlternativesService } from './alternatives.service.ts';
import { HoldConfirmed, HoldNotFound, SlotRefused } from './holds.errors.ts';
import { grantSeat } from './holds.policy.ts';
import { endHold, type Hold, lapsedOfTutor, newestHold, tutorsWithLapsed } from './holds.store.ts';
import { LapseService, placeOf, released } from './lapse.service.ts';
import { Seating } from './seating.service.ts';

/** A hold, and whether it was there before. */
export interface Placed {
  readonly hold: Hold;
  readonly isRepeated: boolean;
}

const BATCH = 100;

@Injectable()
export class HoldsService {
  constructor(
    private readonly db: Database,
    private readonly lapsing: LapseService,
    private readonly seating: Seating,
    private readonly timeBack: TimeBack,
    private readonly alternatives: AlternativesService,
  ) {}

  /** Sets a seat aside for a student; repeated, it answers the same hold, unextended. A refusal names what is free nearby. */
  async place(student: PersonId, slotId: SlotId, request: Repeatable): Promise<Placed> {
    try {
      return await this.db.transaction((tx) => once(tx, request, () => this.placeIn(tx, student, slotId)));
    } catch (error) {
      // The checks make this rare and the answer polite; the constraints make it impossible.
      const isTaken = isExcluded(error) || violates(error, 'claims_one_person_per_seat');
      const refusal = isTaken ? new TimeTaken(slotId) : error;
      throw refusal instanceof SlotRefused || refusal instanceof TimeTaken
        ? await this.alternatives.beside(refusal, slotId, student)
        : refusal;
    }
  }

  private async placeIn(tx: Tx, student: PersonId, slotId: SlotId): Promise<Placed> {
    const glance = await this.seating.look(tx, slotId, student);
    if (isLive(glance.own, tx.now)) return { hold: glance.own, isRepeated: true };
    // What is plainly taken is refused before any lock: a thousand racers do not queue for it.
    // A seat of the student's own is the same request that came a moment earlier: the locks will tell.
    if (!glance.seated.some(({ personId }) => personId === student)) grantSeat(glance, student, tx.now);

    // Where caps count, any hold of the tutor that ran out goes: one whose confirmation is still waiting would count again.
    const { tutorId } = glance.slot;
    const counted = hasCaps(glance.slot) ? await lapsedOfTutor(tx, tutorId) : [];
    const situation = await this.seating.lockAndLook(tx, glance, student, [...glance.inTheWay, ...counted]);
    if (isLive(situation.own, tx.now)) return { hold: situation.own, isRepeated: true };
    const grant = grantSeat(situation, student, tx.now);
    const hold = await this.seating.take(tx, situation, grant, { studentId: student, kind: 'student' });
    return { hold, isRepeated: false };
  }

  /** Lets go of the hold that a student has on a slot; one that has ended so or run out changes nothing. */
  release(student: PersonId, slotId: SlotId): Promise<void> {
    return this.db.transaction(async (tx) => {
      const glance = await newestHold(tx, slotId, student);
      if (!glance) throw new HoldNotFound(slotId);
      await this.lapsing.lock(tx, [glance.tutorId, student], [slotId], []);
      const hold = (await newestHold(tx, slotId, student)) ?? glance;
      if (hold.status === 'confirmed') throw new HoldConfirmed(slotId, hold.id);
      if (hold.status !== 'held') return;
      await endHold(tx, hold.id, 'released');
      await this.timeBack.release(tx, [placeOf(hold)]);
      announce(tx, released(hold));
    });
  }

  /** Lets every hold go that has run out, one transaction a tutor; answers how many tutors that concerned. */
  async sweep(): Promise<number> {
    const tutors = await this.db.transaction((tx) => tutorsWithLapsed(tx, BATCH));
    for (const tutor of tutors) {
      await this.db.transaction((tx) => this.lapsing.lockTutor(tx, tutor));
    }
    return tutors.length < BATCH ? tutors.length : tutors.length + (await this.sweep());
  }
}

const isLive = (hold: Hold | null, now: Date): hold is Hold => hold?.status === 'held' && hold.expiresAt > now;
