import { Injectable } from '@nestjs/common';
import { SlotHeld } from '@scheduling/contracts';
import { type HoldId, newId, type PersonId, type SlotId } from '@scheduling/domain';
import { announce } from '@scheduling/events';
import type { Tx } from '@scheduling/persistence';
import { countedSpan } from '../slots/caps.policy.ts';
import type { Grant } from './holds.policy.ts';
import { type Hold, type HoldKind, holderOf } from './holds.store.ts';
import { LapseService } from './lapse.service.ts';
import { insertSeat, lessonsOf, type Situation, situationOf } from './situation.store.ts';

/** Who a seat is for. */
export interface Taker {
  /** Nobody yet, in a reservation. */
  readonly studentId: PersonId | null;
  readonly kind: HoldKind;
}

/** Looks at a slot as a student meets it, and sets a seat in it aside. */
@Injectable()
export class Seating {
  constructor(private readonly lapsing: LapseService) {}

  /** All that decides whether a student may have a seat in a slot. */
  async look(tx: Tx, slotId: SlotId, student: PersonId): Promise<Situation> {
    const situation = await situationOf(tx, slotId, student);
    const { slot } = situation;
    const counted = countedSpan(slot, { from: slot.startAt, until: slot.startAt });
    return counted ? { ...situation, lessons: await lessonsOf(tx, slot.tutorId, counted) } : situation;
  }

  /** Locks a slot with its tutor and a student, lets go of lapsed holds in the way, and looks again. */
  async lockAndLook(tx: Tx, { slot }: Situation, student: PersonId, inTheWay: readonly Hold[]): Promise<Situation> {
    const locked = this.lapsing.lock(tx, [slot.tutorId, student], [slot.id], inTheWay);
    if (inTheWay.length > 0) await locked;
    // With nothing to let go of, the look is sent behind the locks, and made once they are had.
    const [situation] = await Promise.all([this.look(tx, slot.id, student), locked]);
    return situation;
  }

  /** Sets a seat aside on the terms that the slot has now; states `SlotHeld` where somebody is named. */
  async take(tx: Tx, { slot, seated }: Situation, { seat, expiresAt }: Grant, taker: Taker): Promise<Hold> {
    const hold: Hold = {
      id: newId<HoldId>(),
      slotId: slot.id,
      tutorId: slot.tutorId,
      ...taker,
      seat,
      status: 'held',
      priceCents: slot.priceCents,
      currency: slot.currency,
      startAt: slot.startAt,
      endAt: slot.endAt,
      policy: slot.policy,
      heldAt: tx.now,
      expiresAt,
    };
    tx.underway(insertSeat(tx, hold, holderOf(hold), slot, seated.length + 1 >= slot.capacity));
    if (hold.studentId) announce(tx, heldBy(hold, hold.studentId));
    return hold;
  }
}

/** What is stated of a hold that has a student. */
export const heldBy = (hold: Hold, studentId: PersonId): SlotHeld =>
  SlotHeld.of({
    tutor_id: hold.tutorId,
    hold_id: hold.id,
    slot_id: hold.slotId,
    student_id: studentId,
    seat: hold.seat,
    start_at: hold.startAt.toISOString(),
    end_at: hold.endAt.toISOString(),
    expires_at: hold.expiresAt.toISOString(),
    kind: hold.kind,
  });
