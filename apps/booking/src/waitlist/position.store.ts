import type { SlotId } from '@scheduling/domain';
import type { Tx } from '@scheduling/persistence';
import type { Entry } from './waitlist.store.ts';

/** Something that happened to a place in a line, and why. */
export interface Step {
  readonly at: Date;
  readonly what: 'joined' | 'offered' | 'passed_over' | 'taken' | 'left' | 'expired';
  readonly slotId: SlotId | null;
  /** Why somebody was passed over: `busy`, `offer_ran_out` or `offer_declined`. */
  readonly reason: string | null;
}

/** How many came before who may be offered the same lesson. */
export async function aheadOf(tx: Tx, { id, tutorId, slotId }: Entry): Promise<number> {
  const [count] = await tx.prepared<{ ahead: number }>`
    select count(*)::int as ahead
      from waitlist own join waitlist e on e.tutor_id = own.tutor_id and e.number < own.number and e.starts && own.starts
     where own.id = ${id} and e.tutor_id = ${tutorId}
       and (e.status = 'waiting' and e.expires_at > ${tx.now}
            or e.status = 'offered' and exists (select from holds h where h.id = e.hold_id and h.status = 'held'))
       and not exists (select from waitlist_steps p
                        where p.entry_id = e.id and p.slot_id = ${slotId}::uuid and p.what = 'passed_over')`;
  return count!.ahead;
}

/** What happened to a place in a line, the newest first, at most so much. */
export async function stepsOf(tx: Tx, { id }: Entry, limit: number): Promise<Step[]> {
  return tx.prepared<Step>`
    select at, what, slot_id as "slotId", reason from waitlist_steps where entry_id = ${id} order by id desc limit ${limit}`;
}
