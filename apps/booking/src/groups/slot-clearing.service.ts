import { Injectable } from '@nestjs/common';
import { SlotsChanged } from '@scheduling/contracts';
import { announce } from '@scheduling/events';
import { Database, TryAgain, type Tx } from '@scheduling/persistence';
import type { Booking } from '../bookings/bookings.entity.ts';
import { scheduleVersion } from '../bookings/bookings.store.ts';
import { fullRefund } from '../bookings/cancel.policy.ts';
import { type CallOff, CancelService } from '../bookings/cancel.service.ts';
import { endHold } from '../holds/holds.store.ts';
import { LapseService, placeOf, released } from '../holds/lapse.service.ts';
import { ReservationsService } from '../reservations/reservations.service.ts';
import { settleSlots, type SlotOnTerms, withholdSlot } from '../slots/slots.store.ts';
import { TimeBack } from '../slots/time-back.service.ts';
import { heldIn, seatedIn, standingIn } from './groups.store.ts';

const ATTEMPTS = 10;

/** Somebody took a seat between the look at a slot and its locks. */
class NewcomersUnlocked extends Error {}

/** Calls off whatever stands in a slot, all of it or nothing. */
@Injectable()
export class SlotClearing {
  constructor(
    private readonly db: Database,
    private readonly lapsing: LapseService,
    private readonly canceling: CancelService,
    private readonly timeBack: TimeBack,
    private readonly reservations: ReservationsService,
  ) {}

  /** Commits work that begins with `lock`, again while newcomers get in between. */
  async transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.db.transaction(work);
      } catch (error) {
        if (!(error instanceof NewcomersUnlocked)) throw error;
        if (attempt === ATTEMPTS) throw new TryAgain(error);
      }
    }
  }

  /** Locks the tutor of a slot together with all who have a seat in it; what ran out there goes. */
  async lock(tx: Tx, { id, tutorId }: SlotOnTerms): Promise<void> {
    const seated = await seatedIn(tx, id);
    const lapsed = (await heldIn(tx, id)).filter(({ expiresAt }) => expiresAt <= tx.now);
    await this.lapsing.lock(tx, [tutorId, ...seated], [id], lapsed);
    // To lock them now would be out of order, and could deadlock: another transaction begins anew.
    const newcomers = (await seatedIn(tx, id)).filter((person) => !seated.includes(person));
    if (newcomers.length > 0) throw new NewcomersUnlocked();
  }

  /** Calls off every lesson of a locked slot with its full refund, and lets go of what is held unless it opens again. */
  async callOffAll(tx: Tx, slot: SlotOnTerms, how: Omit<CallOff, 'refundCents'>): Promise<Booking[]> {
    const isNews = await withholdSlot(tx, slot.id, !how.reopens);
    if (!how.reopens) await this.letGo(tx, slot);
    const canceled: Booking[] = [];
    for (const booking of await standingIn(tx, slot.id)) {
      canceled.push(await this.canceling.callOff(tx, booking, { ...how, refundCents: fullRefund(booking) }));
    }
    if (isNews) await this.tell(tx, slot);
    return canceled;
  }

  private async letGo(tx: Tx, slot: SlotOnTerms): Promise<void> {
    const holds = await heldIn(tx, slot.id);
    for (const { id } of holds) await endHold(tx, id, 'released');
    await this.timeBack.release(tx, holds.map(placeOf));
    announce(tx, ...holds.map(released));
  }

  private async tell(tx: Tx, { id, tutorId }: SlotOnTerms): Promise<void> {
    await settleSlots(tx, [id]);
    this.reservations.reserve(tx, [id]);
    announce(tx, SlotsChanged.of({ tutor_id: tutorId, schedule_version: await scheduleVersion(tx, tutorId) }));
  }
}
