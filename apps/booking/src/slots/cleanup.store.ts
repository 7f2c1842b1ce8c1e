import type { PersonId } from '@scheduling/domain';
import type { Tx } from '@scheduling/persistence';

/** How much one transaction clears at most: so many tutors, and so many slots of each. */
export interface Batch {
  readonly tutors: number;
  readonly slotsOfEach: number;
}

/** What a batch cleared. */
export interface Cleared {
  readonly slots: number;
  /** The last tutor of the batch; null when there was none left. */
  readonly last: PersonId | null;
  /** Whether a tutor of the batch has more slots than it took. */
  readonly hasLeftSome: boolean;
}

/**
 * Soft-deletes slots that ended three months before today, of the next tutors after one, and remembers with each tutor how
 * far it came. Nobody else writes to slots of the past, so no people are locked.
 */
export async function clearOldSlots(tx: Tx, after: PersonId | null, { tutors, slotsOfEach }: Batch): Promise<Cleared> {
  const [cleared] = await tx.sql<Cleared>`
    with bounds as materialized (
      -- No lesson is longer than a day: what starts before the mark has ended.
      select cutoff, cutoff - interval '1 day' as mark
        from (select (date_trunc('day', ${tx.now}::timestamptz at time zone 'UTC') - interval '3 months')
                       at time zone 'UTC' as cutoff) as today
    ), due as materialized (
      select tutor_id, cleared_until from schedules
       where cleared_until < (select mark from bounds) and (${after}::uuid is null or tutor_id > ${after})
       order by tutor_id
       limit ${tutors}
         for update
    ), old as materialized (
      select slot.*
        from due
        cross join bounds
        cross join lateral (
          select id, tutor_id, start_at from slots
           where tutor_id = due.tutor_id and start_at >= due.cleared_until and start_at < bounds.cutoff
             and end_at <= bounds.cutoff and deleted_at is null
           order by start_at
           limit ${slotsOfEach}) as slot
    ), deleted as (
      update slots set deleted_at = ${tx.now} from old where slots.id = old.id
    ), marked as (
      update schedules
         set cleared_until = case when taken.slots = ${slotsOfEach} then taken.newest else bounds.mark end
        from bounds, due
        left join (select tutor_id, count(*) as slots, max(start_at) as newest from old group by tutor_id) as taken
             using (tutor_id)
       where schedules.tutor_id = due.tutor_id
      returning schedules.cleared_until < bounds.mark as has_left_some
    )
    select (select count(*)::int from old) as slots,
           (select tutor_id from due order by tutor_id desc limit 1) as last,
           coalesce((select bool_or(has_left_some) from marked), false) as "hasLeftSome"`;
  return cleared!;
}
