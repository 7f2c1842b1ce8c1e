import type { PersonId } from '@scheduling/domain';
import type { Tx } from '@scheduling/persistence';
import type { Range } from '../ranges.policy.ts';

/** Time that a tutor's own calendars say is taken. */
export interface BusyWindow extends Range {
  readonly id: string;
  readonly tutorId: PersonId;
}

/** What keeps a person busy within a window, by one reading of their calendars. */
export interface Reading {
  readonly personId: PersonId;
  readonly version: number;
  readonly window: Range;
  readonly busy: readonly Range[];
}

/** Remembers that a reading of somebody's calendars was heard; false if one as new had been. */
export async function advanceReading(tx: Tx, { personId, version }: Reading): Promise<boolean> {
  const advanced = await tx.sql<{ version: string }>`
    insert into busy_calendars as known (person_id, version) values (${personId}, ${version})
    on conflict (person_id) do update set version = excluded.version where known.version < excluded.version
    returning version`;
  return advanced.length > 0;
}

/** Makes the busy time within the reading's window what the reading says; what it repeats keeps its id, what is over goes. */
export async function keepBusy(tx: Tx, { personId, window, busy }: Reading): Promise<void> {
  await tx.sql`
    with told as materialized (
      select start_at, end_at
        from unnest(${busy.map(({ startAt }) => startAt)}::timestamptz[], ${busy.map(({ endAt }) => endAt)}::timestamptz[])
          as told (start_at, end_at)
       where start_at < end_at and end_at > ${tx.now}
    ), gone as (
      delete from busy_windows b
       where tutor_id = ${personId}
         and (end_at <= ${tx.now} or start_at < ${window.endAt} and end_at > ${window.startAt})
         and not exists (select 1 from told where told.start_at = b.start_at and told.end_at = b.end_at)
    )
    insert into busy_windows (tutor_id, start_at, end_at) select ${personId}, start_at, end_at from told
    on conflict on constraint busy_windows_once do nothing`;
}

/** The busy time of tutors that is not over, the soonest first. */
export function busyOf(tx: Tx, tutorIds: readonly PersonId[]): Promise<BusyWindow[]> {
  return tx.sql<BusyWindow>`
    select id, tutor_id as "tutorId", start_at as "startAt", end_at as "endAt" from busy_windows
     where tutor_id = any(${tutorIds}::uuid[]) and end_at > ${tx.now}
     order by start_at, end_at`;
}
