import { Injectable } from '@nestjs/common';
import type { PersonId, SlotId } from '@scheduling/domain';
import { announce } from '@scheduling/events';
import type { Tx } from '@scheduling/persistence';
import type { Booking } from '../bookings/bookings.entity.ts';
import { claimSeat, releaseClaims } from '../claims/claims.store.ts';
import { seatFor } from '../holds/holds.policy.ts';
import { endHold, lapsedOfTutor } from '../holds/holds.store.ts';
import { LapseService, placeOf, released } from '../holds/lapse.service.ts';
import { Seating } from '../holds/seating.service.ts';
import type { Situation } from '../holds/situation.store.ts';
import { settleSlots, type SlotOnTerms } from '../slots/slots.store.ts';
import { TimeBack } from '../slots/time-back.service.ts';
import { refuseOtherTutor } from './reschedule.policy.ts';

/** Where a student sits now. */
export interface Place {
  readonly slot: SlotOnTerms;
  readonly seat: number;
}

/** Takes a student's seat in one slot for one in another of the same tutor's. */
@Injectable()
export class SeatChange {
  constructor(
    private readonly lapsing: LapseService,
    private readonly seating: Seating,
    private readonly timeBack: TimeBack,
  ) {}

  /** Locks the two people of a booking, with its slot and the one that it is to have; what ran out of the tutor's goes. */
  async lock(tx: Tx, booking: Booking, newSlotId: SlotId): Promise<void> {
    const { tutorId, studentId, slotId } = booking;
    const { slot, inTheWay } = await this.seating.look(tx, newSlotId, studentId);
    refuseOtherTutor(booking, slot);
    const lapsed = [...inTheWay, ...(await lapsedOfTutor(tx, tutorId))];
    await this.lapsing.lock(tx, [tutorId, studentId], [slotId, newSlotId], lapsed);
  }

  /** Gives a booking's seat back and takes one that a hold would get. */
  async make(tx: Tx, { slotId, studentId }: Booking, newSlotId: SlotId): Promise<Place> {
    // The student's own time goes first: the new lesson may overlap the old one, or stand where they hold a seat.
    const previous = { slotId, personId: studentId };
    await releaseClaims(tx, [previous]);
    const situation = await this.lookWithoutHold(tx, newSlotId, studentId);
    const place = { slot: situation.slot, seat: seatFor(situation, studentId, tx.now) };
    await claimSeat(tx, place.slot, { seat: place.seat, personId: studentId, expiresAt: null });
    await settleSlots(tx, [newSlotId]);
    // Only now that the new time is taken is the old one anybody's: where both overlap, it is not.
    await this.timeBack.release(tx, [previous]);
    return place;
  }

  /** A slot as its student meets it, who lets go of what they hold there. */
  private async lookWithoutHold(tx: Tx, slotId: SlotId, student: PersonId): Promise<Situation> {
    const situation = await this.seating.look(tx, slotId, student);
    const { own } = situation;
    if (own?.status !== 'held') return situation;
    await endHold(tx, own.id, 'released');
    await releaseClaims(tx, [placeOf(own)]);
    announce(tx, released(own));
    return this.seating.look(tx, slotId, student);
  }
}
