import type { PersonId } from '@scheduling/domain';
import type { Tx } from '@scheduling/persistence';

/** How far a tutor's openings are to reach now, and whether they are all that the tutor wants. */
export interface Reach {
  readonly tutorId: PersonId;
  readonly until: Date;
  readonly isWhole: boolean;
}

/** What is known of a tutor's last publication. */
export interface Published extends Reach {
  readonly version: number;
}

/** Counts tutors' schedules one version up and remembers how far they reach; answers the new versions. Null plus one is null. */
export async function nextVersions(tx: Tx, reaches: readonly Reach[]): Promise<Map<PersonId, number>> {
  const next = await tx.sql<{ tutorId: PersonId; version: string }>`
    insert into schedules as known (tutor_id, version, published_until, whole_version)
    select tutor_id, 1, until, case when is_whole then 1 end
      from unnest(${reaches.map(({ tutorId }) => tutorId)}::uuid[], ${reaches.map(({ until }) => until)}::timestamptz[],
                  ${reaches.map(({ isWhole }) => isWhole)}::boolean[]) as reach (tutor_id, until, is_whole)
    on conflict (tutor_id) do update
       set version = known.version + 1, published_until = excluded.published_until,
           whole_version = known.version + excluded.whole_version
    returning tutor_id as "tutorId", version`;
  return new Map(next.map(({ tutorId, version }) => [tutorId, Number(version)]));
}

/** Moves on how far tutors' openings reach, where there is nothing to tell: the version stays. */
export async function reachFarther(tx: Tx, reaches: readonly Pick<Reach, 'tutorId' | 'until'>[]): Promise<void> {
  await tx.sql`
    update schedules set published_until = until
      from unnest(${reaches.map(({ tutorId }) => tutorId)}::uuid[], ${reaches.map(({ until }) => until)}::timestamptz[])
        as reach (id, until)
     where tutor_id = id`;
}

/** What was published of a tutor last, if anything. */
export async function lastPublished(tx: Tx, tutorId: PersonId): Promise<Published | undefined> {
  return (await publishedOf(tx, [tutorId])).get(tutorId);
}

/** Tutors' last publications; who has none is missing. */
export async function publishedOf(tx: Tx, tutorIds: readonly PersonId[]): Promise<Map<PersonId, Published>> {
  const found = await tx.sql<Omit<Published, 'version'> & { version: string }>`
    select tutor_id as "tutorId", version, published_until as until, whole_version is not distinct from version as "isWhole"
      from schedules where tutor_id = any(${tutorIds}::uuid[])`;
  return new Map(found.map((one) => [one.tutorId, { ...one, version: Number(one.version) }]));
}

/** Tutors who teach and whose openings do not reach from `since` as far as their horizon, in the order of ids after one. */
export async function tutorsToExtend(tx: Tx, since: Date, after: PersonId | null, limit: number): Promise<PersonId[]> {
  const due = await tx.sql<{ tutorId: PersonId }>`
    select tutor_id as "tutorId" from schedules
      left join tutor_settings settings using (tutor_id)
     where published_until < ${since}::timestamptz + make_interval(days => coalesce(settings.horizon_days, 56))
       and (${after}::uuid is null or tutor_id > ${after})
       and (exists (select 1 from availability_blocks b where b.tutor_id = schedules.tutor_id and b.deleted_at is null)
         or exists (select 1 from date_overrides o where o.tutor_id = schedules.tutor_id and o.deleted_at is null))
     order by tutor_id
     limit ${limit}`;
  return due.map(({ tutorId }) => tutorId);
}
