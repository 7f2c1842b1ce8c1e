import type { PersonId, SlotId } from '@scheduling/domain';
import { statement, type Tx } from '@scheduling/persistence';
import { In } from 'typeorm';
import { Booking } from '../bookings/bookings.entity.ts';
import { HOLD, type Hold } from '../holds/holds.store.ts';

/** Whoever claims a seat in a slot, the tutor not among them. */
export async function seatedIn(tx: Tx, slotId: SlotId): Promise<PersonId[]> {
  const claims = await tx.prepared<{ personId: PersonId }>`
    select person_id as "personId" from claims where slot_id = ${slotId} and seat > 0 order by person_id`;
  return claims.map(({ personId }) => personId);
}

/** The lessons that stand in a slot, by their seats. */
export function standingIn(tx: Tx, slotId: SlotId): Promise<Booking[]> {
  return tx.repository(Booking).find({
    where: { slotId, status: In(['confirmed', 'pending_payment']) },
    order: { seat: 'ASC', id: 'ASC' },
  });
}

const HELD = statement(`select ${HOLD} from holds h where slot_id = $1 and status = 'held' order by number`);

/** The seats of a slot that are set aside. */
export const heldIn = (tx: Tx, slotId: SlotId): Promise<Hold[]> => tx.run<Hold>(HELD, [slotId]);
