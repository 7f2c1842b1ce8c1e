import type { SlotId } from '@scheduling/domain';
import type { Tx } from '@scheduling/persistence';
import type { Slot } from '../slots/slots.store.ts';

/** How many students a lesson needs to take place, and when that is decided. */
export interface Minimum {
  readonly slotId: SlotId;
  readonly attendance: number;
  readonly decideAt: Date;
}

/** Keeps what a tutor asks of a slot, to be decided again if it was. */
export async function keepMinimum(tx: Tx, { id, tutorId }: Slot, { attendance, decideAt }: Minimum): Promise<void> {
  await tx.sql`
    insert into slot_minimums (slot_id, tutor_id, minimum_attendance, decide_at)
    values (${id}, ${tutorId}, ${attendance}, ${decideAt})
    on conflict (slot_id) do update
       set minimum_attendance = excluded.minimum_attendance, decide_at = excluded.decide_at, decided_at = null`;
}

/** Slots after one, in the order of their ids, about which is to be decided by now. */
export async function dueSlots(tx: Tx, after: SlotId | null, limit: number): Promise<SlotId[]> {
  const due = await tx.sql<{ slotId: SlotId }>`
    select slot_id as "slotId" from slot_minimums
     where decided_at is null and decide_at <= ${tx.now} and (${after}::uuid is null or slot_id > ${after})
     order by slot_id limit ${limit}`;
  return due.map(({ slotId }) => slotId);
}

/** Takes a decision upon oneself, once; answers how many students it takes, or null where there is none to be taken. */
export async function takeDecision(tx: Tx, slotId: SlotId): Promise<number | null> {
  const [taken] = await tx.sql<{ attendance: number }>`
    update slot_minimums set decided_at = ${tx.now}
     where slot_id = ${slotId} and decided_at is null and decide_at <= ${tx.now}
    returning minimum_attendance as attendance`;
  return taken?.attendance ?? null;
}
