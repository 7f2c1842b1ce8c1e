import { Injectable } from '@nestjs/common';
import { SlotReleased } from '@scheduling/contracts';
import type { PersonId, SlotId } from '@scheduling/domain';
import { announce } from '@scheduling/events';
import type { Tx } from '@scheduling/persistence';
import { lockPeopleAndSlots } from '../slots/slots.store.ts';
import { TimeBack } from '../slots/time-back.service.ts';
import { hasLapsed, type Hold, holderOf, lapsedOfTutor, markLapsed } from './holds.store.ts';

/** The one way in which a hold lapses, and the locks that every write takes together with it. */
@Injectable()
export class LapseService {
  constructor(private readonly timeBack: TimeBack) {}

  /**
   * Locks the people and slots of a write, with those of lapsed holds in its way, each kind in one order for all.
   * The lapsed holds go before anything is decided: `SlotReleased` is stated once, ahead of the taker's `SlotHeld`.
   */
  async lock(tx: Tx, people: readonly PersonId[], slots: readonly SlotId[], inTheWay: readonly Hold[]): Promise<void> {
    const concerned = inTheWay.flatMap((hold) => [hold.tutorId, holderOf(hold)]);
    await lockPeopleAndSlots(tx, [...people, ...concerned], [...slots, ...inTheWay.map(({ slotId }) => slotId)]);
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
    await this.timeBack.release(tx, lapsed.map(placeOf));
    announce(tx, ...lapsed.map(released));
  }
}

/** The claim that a hold stands on. */
export const placeOf = (hold: Hold) => ({ slotId: hold.slotId, personId: holderOf(hold) });

/** What is stated of a hold that ended without a booking. */
export const released = ({ tutorId, id, slotId }: Hold): SlotReleased =>
  SlotReleased.of({ tutor_id: tutorId, hold_id: id, slot_id: slotId });
