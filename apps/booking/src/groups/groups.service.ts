import { Injectable } from '@nestjs/common';
import type { PersonId, SlotId } from '@scheduling/domain';
import { audit, once, type Repeatable, type Tx } from '@scheduling/persistence';
import type { Booking } from '../bookings/bookings.entity.ts';
import { SlotStarted } from '../holds/holds.errors.ts';
import { findSlot, type SlotOnTerms } from '../slots/slots.store.ts';
import { NotYourSlot } from './groups.errors.ts';
import { SlotClearing } from './slot-clearing.service.ts';

/** Which slot its tutor cancels as a whole. */
export interface CancelSlotRequest {
  readonly by: PersonId;
  readonly slotId: SlotId;
  /** For the students to read. */
  readonly reason: string | null;
  /** Whether the tutor wants the time offered again. */
  readonly reopen: boolean;
}

@Injectable()
export class GroupsService {
  constructor(private readonly clearing: SlotClearing) {}

  /** Cancels every lesson in a slot of the tutor's with full refunds, in one transaction; answers those that it canceled. */
  cancel(wish: CancelSlotRequest, request: Repeatable): Promise<Booking[]> {
    return this.clearing.transaction((tx) =>
      once(tx, request, async () => {
        const { by, slotId, reason, reopen } = wish;
        const slot = await ownSlot(tx, slotId, by);
        await this.clearing.lock(tx, slot);
        audit(tx, { action: 'SlotCanceled', subject: ['slot', slotId] });
        return this.clearing.callOffAll(tx, slot, { by, cause: 'person', reason, reopens: reopen });
      }),
    );
  }
}

/** A slot of this tutor's that has not started. */
export async function ownSlot(tx: Tx, slotId: SlotId, tutor: PersonId): Promise<SlotOnTerms> {
  const slot = await findSlot(tx, slotId);
  if (slot.tutorId !== tutor) throw new NotYourSlot(slotId);
  if (slot.startAt <= tx.now) throw new SlotStarted(slot);
  return slot;
}
