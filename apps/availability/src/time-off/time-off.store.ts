import type { PersonId, TimeOffId } from '@scheduling/domain';
import type { Tx } from '@scheduling/persistence';

/** Time in which a tutor does not teach. */
export interface TimeOff {
  readonly id: TimeOffId;
  readonly startAt: Date;
  readonly endAt: Date;
}

/** Keeps time off. */
export async function insertTimeOff(tx: Tx, tutorId: PersonId, { id, startAt, endAt }: TimeOff): Promise<void> {
  await tx.sql`
    insert into time_off_blocks (id, tutor_id, start_at, end_at, created_at)
    values (${id}, ${tutorId}, ${startAt}, ${endAt}, ${tx.now})`;
}

/** A tutor's time off that is not over, the soonest first. */
export function timeOffOf(tx: Tx, tutorId: PersonId): Promise<TimeOff[]> {
  return tx.sql<TimeOff>`
    select id, start_at as "startAt", end_at as "endAt" from time_off_blocks
     where tutor_id = ${tutorId} and deleted_at is null and end_at > ${tx.now}
     order by start_at, id`;
}

/** Takes time off away; false if the tutor has none of that id. */
export async function deleteTimeOff(tx: Tx, tutorId: PersonId, id: TimeOffId): Promise<boolean> {
  const deleted = await tx.sql<{ id: string }>`
    update time_off_blocks set deleted_at = ${tx.now}
     where id = ${id} and tutor_id = ${tutorId} and deleted_at is null returning id`;
  return deleted.length > 0;
}
