import { Injectable } from '@nestjs/common';
import type { PersonId, SlotId } from '@scheduling/domain';
import type { Tx } from '@scheduling/persistence';
import { SlotRefused } from '../holds/holds.errors.ts';
import { seatFor } from '../holds/holds.policy.ts';
import type { Hold, HoldKind } from '../holds/holds.store.ts';
import { Seating } from '../holds/seating.service.ts';
import type { Situation } from '../holds/situation.store.ts';
import { seatsPlanned } from '../series/planned.store.ts';
import { seatsWaitedFor, type Wanted } from '../waitlist/line.store.ts';
import { NamingQueue } from './naming-queue.ts';
import { ReservationsService } from './reservations.service.ts';

/** Whose seats are kept before the public sees them. */
export type ReservationKind = Exclude<HoldKind, 'student'>;

/**
 * Those who come before the public, the first before the others, and how to ask what they want of some slots: in the transaction
 * that frees or offers them, under their tutor's lock, and nobody else's.
 */
const CLAIMANTS: readonly {
  kind: ReservationKind;
  seatsWanted: (tx: Tx, slotIds: readonly SlotId[]) => Promise<Wanted>;
}[] = [
  { kind: 'series', seatsWanted: seatsPlanned },
  { kind: 'waitlist', seatsWanted: seatsWaitedFor },
];

const RESERVED_MS = 15 * 60_000;
/** Sits nowhere and is never busy: a reservation asks what the slot has, whoever comes. */
const NOBODY = '00000000-0000-0000-0000-000000000000' as PersonId;

/** Keeps seats for people who are named after the commit: whoever frees a seat has the lock on its tutor only. */
@Injectable()
export class ReservingService {
  constructor(
    private readonly seating: Seating,
    private readonly naming: NamingQueue,
    reservations: ReservationsService,
  ) {
    reservations.serve((tx, slotIds) => this.reserveWanted(tx, slotIds));
  }

  private async reserveWanted(tx: Tx, slotIds: readonly SlotId[]): Promise<void> {
    for (const { kind, seatsWanted } of CLAIMANTS) {
      const { tutorIds, seats } = await seatsWanted(tx, slotIds);
      for (const tutor of tutorIds) this.naming.afterCommit(tx, tutor);
      for (const { slotId, count } of seats) {
        let left = count;
        while (left > 0 && (await this.reserveSeat(tx, slotId, kind))) left--;
      }
    }
  }

  /** Reserves one seat, if the slot has one that can be held just now. */
  async reserveSeat(tx: Tx, slotId: SlotId, kind: ReservationKind): Promise<Hold | null> {
    const situation = await this.seating.look(tx, slotId, NOBODY);
    const seat = freeSeat(situation, tx.now);
    if (seat === null) return null;
    const expires = Math.min(tx.now.getTime() + RESERVED_MS, situation.slot.startAt.getTime());
    return this.seating.take(tx, situation, { seat, expiresAt: new Date(expires) }, { studentId: null, kind });
  }
}

function freeSeat(situation: Situation, now: Date): number | null {
  // What ran out goes under the locks of those who had it, which this transaction does not have: naming does.
  if (situation.inTheWay.length > 0) return null;
  try {
    return seatFor({ ...situation, isWaitedFor: false }, NOBODY, now);
  } catch (error) {
    if (error instanceof SlotRefused) return null;
    throw error;
  }
}
