import { Injectable } from '@nestjs/common';
import { SlotHeld } from '@scheduling/contracts';
import { type HoldId, newId, type PersonId, type SlotId } from '@scheduling/domain';
import { announce } from '@scheduling/events';
import { Database, isExcluded, once, type Repeatable, type Tx, violates } from '@scheduling/persistence';
import { TimeTaken } from '../claims/claims.errors.ts';
import { claimSeat, surroundings } from '../claims/claims.store.ts';
import { countedSpan } from '../slots/caps.policy.ts';
import { findSlot, settleSlots, type SlotOnTerms } from '../slots/slots.store.ts';
import { type Grant, grantSeat } from './holds.policy.ts';
import { type Hold, insertHold, lapsedInTheWay, lapsedOfTutor, newestHold, tutorsWithLapsed } from './holds.store.ts';
import { LapseService } from './lapse.service.ts';

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
  ) {}

  /** Sets a seat aside for a student; repeated, it answers the same hold, unextended. */
  async place(student: PersonId, slotId: SlotId, request: Repeatable): Promise<Placed> {
    try {
      return await this.db.transaction((tx) => once(tx, request, () => this.placeIn(tx, student, slotId)));
    } catch (error) {
      // The checks make this rare and the answer polite; the constraints make it impossible.
      if (isExcluded(error) || violates(error, 'claims_one_person_per_seat')) throw new TimeTaken(slotId);
      throw error;
    }
  }

  private async placeIn(tx: Tx, student: PersonId, slotId: SlotId): Promise<Placed> {
    const glance = await findSlot(tx, slotId);
    const known = await ownHold(tx, slotId, student);
    if (known) return { hold: known, isRepeated: true };
    // What is plainly taken is refused before any lock: a thousand racers do not queue for it.
    // A seat of the student's own is the same request that came a moment earlier: the locks will tell.
    const around = await surroundings(tx, glance, student, weekOf(glance));
    if (!around.seated.some(({ personId }) => personId === student)) grantSeat(glance, around, student, tx.now);

    // Where caps count, any hold of the tutor that ran out goes: one whose confirmation is still waiting would count again.
    const inTheWay = await lapsedInTheWay(tx, glance, student);
    const counted = weekOf(glance) ? await lapsedOfTutor(tx, glance.tutorId) : [];
    await this.lapsing.lock(tx, [glance.tutorId, student], [slotId], [...inTheWay, ...counted]);
    const again = await ownHold(tx, slotId, student);
    if (again) return { hold: again, isRepeated: true };
    const slot = await findSlot(tx, slotId);
    const grant = grantSeat(slot, await surroundings(tx, slot, student, weekOf(slot)), student, tx.now);

    const hold = newHold(slot, student, grant, tx.now);
    await claimSeat(tx, slot, { personId: student, ...grant });
    await insertHold(tx, hold);
    await settleSlots(tx, [slotId]);
    announce(tx, held(hold));
    return { hold, isRepeated: false };
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

/** The week whose lessons the caps count, if there are caps. */
const weekOf = (slot: SlotOnTerms) => countedSpan(slot, { from: slot.startAt, until: slot.startAt });

/** The hold that this student has on the slot just now. */
async function ownHold(tx: Tx, slotId: SlotId, student: PersonId): Promise<Hold | undefined> {
  const hold = await newestHold(tx, slotId, student);
  return hold?.status === 'held' && hold.expiresAt > tx.now ? hold : undefined;
}

const newHold = (slot: SlotOnTerms, studentId: PersonId, { seat, expiresAt }: Grant, now: Date): Hold => ({
  id: newId<HoldId>(),
  slotId: slot.id,
  tutorId: slot.tutorId,
  studentId,
  seat,
  status: 'held',
  priceCents: slot.priceCents,
  currency: slot.currency,
  startAt: slot.startAt,
  endAt: slot.endAt,
  policy: slot.policy,
  heldAt: now,
  expiresAt,
});

const held = (hold: Hold): SlotHeld =>
  SlotHeld.of({
    tutor_id: hold.tutorId,
    hold_id: hold.id,
    slot_id: hold.slotId,
    student_id: hold.studentId,
    seat: hold.seat,
    start_at: hold.startAt.toISOString(),
    end_at: hold.endAt.toISOString(),
    expires_at: hold.expiresAt.toISOString(),
  });
