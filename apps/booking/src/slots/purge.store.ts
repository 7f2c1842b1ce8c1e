import type { PersonId, SlotId } from '@scheduling/domain';
import type { Tx } from '@scheduling/persistence';
import type { Batch } from './cleanup.store.ts';

/** Slots of the past, and how far the look for them has come. */
export interface OldSlots {
  readonly ids: SlotId[];
  /** The last tutor of the batch; null when there was none left. */
  readonly last: PersonId | null;
  /** Whether a tutor of the batch has more slots than it took. */
  readonly hasLeftSome: boolean;
}

/** Finds slots that ended so many days before today, of the next tutors after one, and remembers with each tutor how far it came. */
export async function takeOldSlots(
  tx: Tx,
  days: number,
  after: PersonId | null,
  { tutors, slotsOfEach }: Batch,
): Promise<OldSlots> {
  const [old] = await tx.sql<OldSlots>`
    with bounds as materialized (
      -- No lesson is longer than a day: what starts before the mark has ended.
      select cutoff, cutoff - interval '1 day' as mark
        from (select (date_trunc('day', ${tx.now}::timestamptz at time zone 'UTC') - make_interval(days => ${days}::int))
                       at time zone 'UTC' as cutoff) as today
    ), due as materialized (
      select tutor_id, purged_until from schedules
       where purged_until < (select mark from bounds) and (${after}::uuid is null or tutor_id > ${after})
       order by tutor_id
       limit ${tutors}
         for update
    ), old as materialized (
      select slot.*
        from due
        cross join bounds
        cross join lateral (
          select id, tutor_id, start_at from slots
           where tutor_id = due.tutor_id and start_at >= due.purged_until and start_at < bounds.mark
           order by start_at
           limit ${slotsOfEach}) as slot
    ), marked as (
      update schedules
         set purged_until = case when taken.slots = ${slotsOfEach} then taken.newest + interval '1 microsecond'
                                   else bounds.mark end
        from bounds, due
        left join (select tutor_id, count(*) as slots, max(start_at) as newest from old group by tutor_id) as taken
             using (tutor_id)
       where schedules.tutor_id = due.tutor_id
      returning schedules.purged_until < bounds.mark as has_left_some
    )
    select coalesce((select array_agg(id) from old), '{}') as ids,
           (select tutor_id from due order by tutor_id desc limit 1) as last,
           coalesce((select bool_or(has_left_some) from marked), false) as "hasLeftSome"`;
  return old!;
}

/** Lets go who sat in slots of the past, and why somebody in a line was not given one of them. */
export async function forgetSeats(tx: Tx, slots: readonly SlotId[]): Promise<void> {
  await tx.sql`delete from claims where slot_id = any(${slots}::uuid[])`;
  await tx.sql`delete from slot_minimums where slot_id = any(${slots}::uuid[])`;
  await tx.sql`delete from waitlist_steps where slot_id = any(${slots}::uuid[])`;
}

/** Lets go holds of slots of the past that came to nothing, with payments that never took money: all other money is kept for good. */
export async function forgetIdleHolds(tx: Tx, slots: readonly SlotId[]): Promise<void> {
  await tx.sql`
    delete from payments
     where id in (select id from holds where slot_id = any(${slots}::uuid[]) and status <> 'confirmed')
       and state = 'settled' and outcome <> 'captured' and refunded_cents = 0
       and not exists (select from refunds where payment_id = payments.id)`;
  const idle = await tx.sql<{ id: string }>`
    select id from holds
     where slot_id = any(${slots}::uuid[]) and status in ('lapsed', 'released')
       and not exists (select from payments where payments.id = holds.id)
       and not exists (select from waitlist where hold_id = holds.id and status in ('offered', 'taken'))`;
  const ids = idle.map(({ id }) => id);
  await tx.sql`update waitlist set hold_id = null where hold_id = any(${ids}::uuid[])`;
  await tx.sql`delete from holds where id = any(${ids}::uuid[])`;
}

/** Deletes those of these slots that nothing names any more; answers how many. */
export async function deleteUnnamed(tx: Tx, slots: readonly SlotId[]): Promise<number> {
  const gone = await tx.sql`
    delete from slots
     where id = any(${slots}::uuid[])
       and not exists (select from holds where slot_id = slots.id)
       and not exists (select from bookings where slot_id = slots.id)
       and not exists (select from waitlist where slot_id = slots.id)
       and not exists (select from proposals where new_slot_id = slots.id)
    returning 1`;
  return gone.length;
}
