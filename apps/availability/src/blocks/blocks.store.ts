import type { AvailabilityId, PersonId } from '@scheduling/domain';
import type { Tx } from '@scheduling/persistence';
import type { ZoneSource } from '../zones.policy.ts';

/** What of the settings a block or an override may have of its own; null for the settings'. */
export interface OwnTerms {
  readonly lessonMinutes: number | null;
  readonly priceCents: number | null;
  readonly capacity: number | null;
}

/** Time in which a tutor would teach, once or by a rule. */
export interface AvailabilityBlock extends OwnTerms {
  readonly id: AvailabilityId;
  readonly tutorId: PersonId;
  readonly startAt: Date;
  readonly endAt: Date;
  /** RFC 5545 RRULE without its name; null for a block that happens once. */
  readonly rrule: string | null;
  /** The wall time, held in UTC fields, at which the rule begins; null where `startAt` alone says it. */
  readonly startWall: Date | null;
  readonly timezone: string;
  readonly timezoneSource: ZoneSource;
  /** Starts besides those of the rule. */
  readonly rdates: readonly Date[];
  /** Starts that do not happen. */
  readonly exdates: readonly Date[];
  /** Grows with each change. */
  readonly version: number;
}

const SELECT = /* sql */ `
  select id, tutor_id as "tutorId", start_at as "startAt", end_at as "endAt", rrule, start_wall as "startWall", timezone,
         timezone_source as "timezoneSource", rdates, exdates, lesson_minutes as "lessonMinutes",
         price_cents as "priceCents", capacity, version
    from availability_blocks`;

/** Keeps a block, until when it is over if that is known. */
export async function insertBlock(tx: Tx, block: AvailabilityBlock, overAt: Date | null): Promise<void> {
  await tx.sql`
    insert into availability_blocks (id, tutor_id, start_at, end_at, is_recurring, rrule, start_wall, timezone,
                                     timezone_source, rdates, exdates, lesson_minutes, price_cents, capacity, over_at,
                                     created_at)
    values (${block.id}, ${block.tutorId}, ${block.startAt}, ${block.endAt}, ${block.rrule !== null}, ${block.rrule},
            ${block.startWall}, ${block.timezone}, ${block.timezoneSource}, ${block.rdates}, ${block.exdates},
            ${block.lessonMinutes}, ${block.priceCents}, ${block.capacity}, ${overAt}, ${tx.now})`;
}

/** Keeps a block that is there already as its next version, which it answers. */
export async function updateBlock(tx: Tx, block: AvailabilityBlock, overAt: Date | null): Promise<AvailabilityBlock> {
  const version = block.version + 1;
  await tx.sql`
    update availability_blocks
       set start_at = ${block.startAt}, end_at = ${block.endAt}, is_recurring = ${block.rrule !== null},
           rrule = ${block.rrule}, start_wall = ${block.startWall}, timezone = ${block.timezone},
           timezone_source = ${block.timezoneSource}, rdates = ${block.rdates}, exdates = ${block.exdates},
           lesson_minutes = ${block.lessonMinutes}, price_cents = ${block.priceCents}, capacity = ${block.capacity},
           over_at = ${overAt}, version = ${version}
     where id = ${block.id}`;
  return { ...block, version };
}

/** The blocks of tutors that are not over, the oldest first. */
export function blocksOf(tx: Tx, tutorIds: readonly PersonId[]): Promise<AvailabilityBlock[]> {
  return tx.query<AvailabilityBlock>(
    `${SELECT} where tutor_id = any($1::uuid[]) and deleted_at is null
                 and coalesce(over_at, case when rrule is null then end_at end, 'infinity') > $2
      order by created_at, id`,
    [tutorIds, tx.now],
  );
}

/** A tutor's block, whether or not it is over. */
export async function findBlock(tx: Tx, tutorId: PersonId, id: AvailabilityId): Promise<AvailabilityBlock | undefined> {
  const found = `${SELECT} where id = $1 and tutor_id = $2 and deleted_at is null`;
  return (await tx.query<AvailabilityBlock>(found, [id, tutorId]))[0];
}

/** Takes a tutor's block away; false if there is none of that id. */
export async function deleteBlock(tx: Tx, tutorId: PersonId, id: AvailabilityId): Promise<boolean> {
  const deleted = await tx.sql<{ id: string }>`
    update availability_blocks set deleted_at = ${tx.now}
     where id = ${id} and tutor_id = ${tutorId} and deleted_at is null returning id`;
  return deleted.length > 0;
}
