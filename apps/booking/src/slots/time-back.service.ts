import { Injectable } from '@nestjs/common';
import type { Tx } from '@scheduling/persistence';
import { type Place, releaseClaims } from '../claims/claims.store.ts';
import { ReservationsService } from '../reservations/reservations.service.ts';
import { settleSlots } from './slots.store.ts';

/** The one way in which a seat comes free: whatever ends, ends here. The people and slots are locked. */
@Injectable()
export class TimeBack {
  constructor(private readonly reservations: ReservationsService) {}

  /** Gives the time of these claims back to their tutors and students, and keeps from everyone else what somebody waits for. */
  async release(tx: Tx, places: readonly Place[]): Promise<void> {
    if (places.length === 0) return;
    const slots = places.map(({ slotId }) => slotId);
    await releaseClaims(tx, places);
    await settleSlots(tx, slots);
    this.reservations.reserve(tx, slots);
  }
}
