import type { PersonId } from '@scheduling/domain';
import type { Tx } from '@scheduling/persistence';

/** Counts a tutor's schedule one version up and remembers how far it reaches; answers the new version. */
export async function nextVersion(tx: Tx, tutorId: PersonId, publishedUntil: Date): Promise<number> {
  const [schedule] = await tx.sql<{ version: string }>`
    insert into schedules as known (tutor_id, version, published_until) values (${tutorId}, 1, ${publishedUntil})
    on conflict (tutor_id) do update set version = known.version + 1, published_until = excluded.published_until
    returning version`;
  return Number(schedule!.version);
}

/** Tutors with availability whose openings do not reach from `since` as far as their horizon, in the order of ids after one. */
export async function tutorsToExtend(tx: Tx, since: Date, after: PersonId | null, limit: number): Promise<PersonId[]> {
  const due = await tx.sql<{ tutorId: PersonId }>`
    select tutor_id as "tutorId" from schedules
      left join tutor_settings settings using (tutor_id)
     where published_until < ${since}::timestamptz + make_interval(days => coalesce(settings.horizon_days, 56))
       and (${after}::uuid is null or tutor_id > ${after})
       and exists (select 1 from availability_blocks b where b.tutor_id = schedules.tutor_id and b.deleted_at is null)
     order by tutor_id
     limit ${limit}`;
  return due.map(({ tutorId }) => tutorId);
}

/** Whether a tutor's openings still do not reach from `since` as far as their horizon. */
export async function isToExtend(tx: Tx, tutorId: PersonId, since: Date): Promise<boolean> {
  const due = await tx.sql<{ due: number }>`
    select 1 as due from schedules
      left join tutor_settings settings using (tutor_id)
     where tutor_id = ${tutorId}
       and published_until < ${since}::timestamptz + make_interval(days => coalesce(settings.horizon_days, 56))`;
  return due.length > 0;
}
