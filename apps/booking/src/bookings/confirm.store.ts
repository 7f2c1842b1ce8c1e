import type { Tx } from '@scheduling/persistence';
import { type Hold, holderOf } from '../holds/holds.store.ts';

/** What the tutor says of a slot by the time that a lesson in it is booked. */
export interface KeptSlot {
  readonly timezone: string;
  /** Whether the tutor still wants to teach then. */
  readonly offered: boolean;
}

/** Ends a hold as a booking: its claims lose their end, and the slot's status follows, in one statement. */
export async function keepSeat(tx: Tx, hold: Hold): Promise<KeptSlot> {
  const [kept] = await tx.prepared<KeptSlot>`
    with confirmed as (
      update holds set status = 'confirmed' where id = ${hold.id}
    ), claimed as (
      update claims set expires_at = null where slot_id = ${hold.slotId} and person_id in (${holderOf(hold)}, ${hold.tutorId})
    ), others as (
      select count(*) as seats, count(expires_at) as held
        from claims where slot_id = ${hold.slotId} and seat > 0 and person_id <> ${holderOf(hold)}
    ), settled as (
      update slots s set status = case when others.seats + 1 < s.capacity then s.status when others.held > 0 then 'held' else 'booked' end
        from others where s.id = ${hold.slotId}
    )
    select k.timezone, s.offered and not s.withheld as offered
      from slots s join schedules k using (tutor_id) where s.id = ${hold.slotId}`;
  return kept!;
}
