import type { AvailabilityId, PersonId } from '@scheduling/domain';
import type { Tx } from '@scheduling/persistence';
import type { ZoneSource } from '../zones.policy.ts';

/** Time in which a tutor would teach, once or by a rule. */
export interface AvailabilityBlock {
  readonly id: AvailabilityId;
  readonly tutorId: PersonId;
  readonly startAt: Date;
  readonly endAt: Date;
  /** RFC 5545 RRULE without its name; null for a block that happens once. */
  readonly rrule: string | null;
  readonly timezone: string;
  readonly timezoneSource: ZoneSource;
  /** Starts of the rule that do not happen. */
  readonly exdates: readonly Date[];
}

/** Keeps a block. */
export async function insertBlock(tx: Tx, block: AvailabilityBlock): Promise<void> {
  await tx.sql`
    insert into availability_blocks (id, tutor_id, start_at, end_at, is_recurring, rrule, timezone, timezone_source,
                                     exdates, created_at)
    values (${block.id}, ${block.tutorId}, ${block.startAt}, ${block.endAt}, ${block.rrule !== null}, ${block.rrule},
            ${block.timezone}, ${block.timezoneSource}, ${block.exdates}, ${tx.now})`;
}

/** A tutor's blocks, the oldest first. */
export function blocksOf(tx: Tx, tutorId: PersonId): Promise<AvailabilityBlock[]> {
  return tx.sql<AvailabilityBlock>`
    select id, tutor_id as "tutorId", start_at as "startAt", end_at as "endAt", rrule, timezone,
           timezone_source as "timezoneSource", exdates
      from availability_blocks where tutor_id = ${tutorId} and deleted_at is null
     order by created_at, id`;
}

/** Takes a tutor's block away; false if there is none of that id. */
export async function deleteBlock(tx: Tx, tutorId: PersonId, id: AvailabilityId): Promise<boolean> {
  const deleted = await tx.sql<{ id: string }>`
    update availability_blocks set deleted_at = ${tx.now}
     where id = ${id} and tutor_id = ${tutorId} and deleted_at is null returning id`;
  return deleted.length > 0;
}
