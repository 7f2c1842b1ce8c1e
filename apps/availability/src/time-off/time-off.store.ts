import type { PersonId, TimeOffId } from '@scheduling/domain';
import type { Tx } from '@scheduling/persistence';

/** Time in which a tutor does not teach, once or by a rule. */
export interface TimeOff {
  readonly id: TimeOffId;
  readonly tutorId: PersonId;
  readonly startAt: Date;
  readonly endAt: Date;
  /** RFC 5545 RRULE without its name; null for time off that happens once. */
  readonly rrule: string | null;
  /** The wall time, held in UTC fields, at which the rule begins; null where `startAt` alone says it. */
  readonly startWall: Date | null;
  readonly timezone: string;
  /** Starts of the rule that do not happen. */
  readonly exdates: readonly Date[];
}

/** Keeps time off, until when it is over if that is known. */
export async function insertTimeOff(tx: Tx, off: TimeOff, overAt: Date | null): Promise<void> {
  await tx.sql`
    insert into time_off_blocks (id, tutor_id, start_at, end_at, rrule, start_wall, timezone, exdates, over_at, created_at)
    values (${off.id}, ${off.tutorId}, ${off.startAt}, ${off.endAt}, ${off.rrule}, ${off.startWall}, ${off.timezone},
            ${off.exdates}, ${overAt}, ${tx.now})`;
}

/** The time off of tutors that is not over, the soonest first. */
export function timeOffOf(tx: Tx, tutorIds: readonly PersonId[]): Promise<TimeOff[]> {
  return tx.sql<TimeOff>`
    select id, tutor_id as "tutorId", start_at as "startAt", end_at as "endAt", rrule, start_wall as "startWall",
           timezone, exdates
      from time_off_blocks
     where tutor_id = any(${tutorIds}::uuid[]) and deleted_at is null
       and coalesce(over_at, case when rrule is null then end_at end, 'infinity') > ${tx.now}
     order by start_at, id`;
}

/** Takes time off away; false if the tutor has none of that id. */
export async function deleteTimeOff(tx: Tx, tutorId: PersonId, id: TimeOffId): Promise<boolean> {
  const deleted = await tx.sql<{ id: string }>`
    update time_off_blocks set deleted_at = ${tx.now}
     where id = ${id} and tutor_id = ${tutorId} and deleted_at is null returning id`;
  return deleted.length > 0;
}
