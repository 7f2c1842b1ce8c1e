import type { PersonId } from '@scheduling/domain';
import type { Tx } from '@scheduling/persistence';

/** How long the last reading counts, by default. */
const REMEMBERED_HOURS = 24;

/** The newest word about the connection to somebody's calendars. */
export interface Connection {
  readonly personId: PersonId;
  readonly version: number;
  /** When they were last read as a whole; null where they can be read, or none is connected. */
  readonly knownUntil: Date | null;
}

/** Whether calendars can be `read`, or are `remembered` as they were within the last 24 hours, or `forgotten` as older than that. */
export type Calendars = 'read' | 'remembered' | 'forgotten';

/** Remembers a word about somebody's connection; false if one as new had been heard. */
export async function advanceConnection(tx: Tx, { personId, version, knownUntil }: Connection): Promise<boolean> {
  const advanced = await tx.sql<{ version: string }>`
    insert into calendar_connections as known (person_id, version, known_until, lapsed_at)
    select ${personId}::uuid, ${version}::bigint, until,
           case when until <= ${tx.now}::timestamptz - make_interval(hours => ${REMEMBERED_HOURS}) then ${tx.now}::timestamptz end
      from (select least(${knownUntil}::timestamptz, ${knownUntil && tx.now}::timestamptz) as until) as word
    on conflict (person_id) do update
       set version = excluded.version, known_until = excluded.known_until, lapsed_at = excluded.lapsed_at
     where known.version < excluded.version
    returning version`;
  return advanced.length > 0;
}

/** The calendars that cannot be read now, by their people. */
export async function unreachableOf(tx: Tx, people: readonly PersonId[]): Promise<Map<PersonId, Calendars>> {
  const found = await tx.sql<{ personId: PersonId; calendars: Calendars }>`
    select person_id as "personId",
           case when known_until > ${tx.now}::timestamptz - make_interval(hours => ${REMEMBERED_HOURS})
                then 'remembered' else 'forgotten' end as calendars
      from calendar_connections where person_id = any(${people}::uuid[]) and known_until is not null`;
  return new Map(found.map(({ personId, calendars }) => [personId, calendars]));
}

/** People whose calendars have become too old to go by and whose openings have not followed, in the order of ids after one. */
export async function peopleToLapse(tx: Tx, after: PersonId | null, limit: number): Promise<PersonId[]> {
  const due = await tx.sql<{ personId: PersonId }>`
    select person_id as "personId" from calendar_connections
     where known_until <= ${tx.now}::timestamptz - make_interval(hours => ${REMEMBERED_HOURS}) and lapsed_at is null
       and (${after}::uuid is null or person_id > ${after})
     order by person_id
     limit ${limit}`;
  return due.map(({ personId }) => personId);
}

/** Notes that somebody's openings have followed; false where they had, or need not any more. */
export async function lapseConnection(tx: Tx, person: PersonId): Promise<boolean> {
  const lapsed = await tx.sql<{ version: string }>`
    update calendar_connections set lapsed_at = ${tx.now}
     where person_id = ${person} and lapsed_at is null
       and known_until <= ${tx.now}::timestamptz - make_interval(hours => ${REMEMBERED_HOURS})
    returning version`;
  return lapsed.length > 0;
}
