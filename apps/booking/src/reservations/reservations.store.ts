import type { HoldId, PersonId } from '@scheduling/domain';
import { statement, type Tx } from '@scheduling/persistence';
import { HOLD, type Hold } from '../holds/holds.store.ts';

const NEXT = statement(`
  select ${HOLD} from holds h
   where h.tutor_id = $1 and h.student_id is null and h.status = 'held' and h.expires_at > $2
   order by h.start_at, h.seat limit 1`);

/** The soonest seat of a tutor's that is kept for nobody by name yet. */
export async function nextUnnamed(tx: Tx, tutorId: PersonId): Promise<Hold | null> {
  const [hold] = await tx.run<Hold>(NEXT, [tutorId, tx.now]);
  return hold ?? null;
}

/** Whether a seat is still kept for nobody by name. */
export async function isUnnamed(tx: Tx, id: HoldId): Promise<boolean> {
  const [answer] = await tx.prepared<{ is: boolean }>`
    select exists (select from holds where id = ${id} and student_id is null and status = 'held' and expires_at > ${tx.now}) as is`;
  return answer!.is;
}

/** Gives a reserved seat to a student, who is locked and has the time, until an instant; answers the hold that it is now. */
export async function nameStudent(tx: Tx, hold: Hold, studentId: PersonId, expiresAt: Date): Promise<Hold> {
  await tx.prepared`
    with claimed as (
      update claims set person_id = ${studentId}, expires_at = ${expiresAt}
       where slot_id = ${hold.slotId} and person_id = ${hold.id}
    ), taught as (
      update claims
         set expires_at = (select case when bool_or(c.expires_at is null) then null
                                       else greatest(max(c.expires_at), ${expiresAt}::timestamptz) end
                             from claims c where c.slot_id = ${hold.slotId} and c.seat > 0 and c.person_id <> ${hold.id})
       where slot_id = ${hold.slotId} and person_id = ${hold.tutorId}
    )
    update holds set student_id = ${studentId}, expires_at = ${expiresAt} where id = ${hold.id}`;
  return { ...hold, studentId, expiresAt };
}

/** Tutors after one, in the order of their ids, of whose time something is kept for nobody by name yet. */
export async function tutorsWithUnnamed(tx: Tx, after: PersonId | null, limit: number): Promise<PersonId[]> {
  const tutors = await tx.sql<{ tutorId: PersonId }>`
    select distinct tutor_id as "tutorId" from holds
     where student_id is null and status = 'held' and (${after}::uuid is null or tutor_id > ${after})
     order by tutor_id limit ${limit}`;
  return tutors.map(({ tutorId }) => tutorId);
}
