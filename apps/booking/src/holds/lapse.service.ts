import { Injectable } from '@nestjs/common';
import { SlotReleased } from '@scheduling/contracts';
import type { PersonId, SlotId } from '@scheduling/domain';
import { announce } from '@scheduling/events';
import { lockPeople, type Tx } from '@scheduling/persistence';
import { releaseClaims } from '../claims/claims.store.ts';
import { lockSlots, settleSlots } from '../slots/slots.store.ts';
import { hasLapsed, type Hold, lapsedOfTutor, markLapsed } from './holds.store.ts';

/** The one way in which a hold lapses, and the locks that every write takes together with it. */
@Injectable()
export class LapseService {
  /**
   * Locks the people and slots of a write, with those of lapsed holds in its way, each kind in one order for all.
   * The lapsed holds go before anything is decided: `SlotReleased` is stated once, ahead of the taker's `SlotHeld`.
   */
  async lock(tx: Tx, people: readonly PersonId[], slots: readonly SlotId[], inTheWay: readonly Hold[]): Promise<void> {
    await lockPeople(tx, [...people, ...inTheWay.flatMap(({ tutorId, studentId }) => [tutorId, studentId])]);
    const concerned = [...slots, ...inTheWay.map(({ slotId }) => slotId)];
    if (concerned.length > 0) await lockSlots(tx, concerned);
    if (inTheWay.length > 0) await this.lapse(tx, inTheWay);
  }

  /** Locks a tutor, and lets go of the holds of theirs that ran out. */
  async lockTutor(tx: Tx, tutor: PersonId): Promise<void> {
    await this.lock(tx, [tutor], [], (await hasLapsed(tx, tutor)) ? await lapsedOfTutor(tx, tutor) : []);
  }

  private async lapse(tx: Tx, ranOut: readonly Hold[]): Promise<void> {
    const lapsed = await markLapsed(
      tx,
      ranOut.map(({ id }) => id),
    );
    if (lapsed.length === 0) return;
    await releaseClaims(tx, lapsed);
    await settleSlots(
      tx,
      lapsed.map(({ slotId }) => slotId),
    );
    announce(
      tx,
      ...lapsed.map(({ tutorId, id, slotId }) => SlotReleased.of({ tutor_id: tutorId, hold_id: id, slot_id: slotId })),
    );
  }
}
