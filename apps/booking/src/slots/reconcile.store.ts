import type { OpeningsPublished } from '@scheduling/contracts';
import type { SlotId } from '@scheduling/domain';
import type { Tx } from '@scheduling/persistence';

/** What a publication did. */
export interface Reconciled {
  /** Whether any of the tutor's terms is another one now. */
  readonly hasNewTerms: boolean;
  /** How many slots came, changed, or are no longer offered. */
  readonly changes: number;
  /** The slots that are offered now and were not, or not so. */
  readonly offered: readonly SlotId[];
  /** The slots that are no longer offered, taken ones among them. */
  readonly withdrawn: readonly SlotId[];
}

/**
 * Makes the terms and the inventory of a tutor what was published, in one statement; null if one as new has been here.
 * It compares first and touches, and locks, only rows that differ. A slot with a claim keeps its length, price and size
 * whatever is published; lapsed claims must have gone before. The lock on the tutor keeps everyone else from what is compared.
 */
export async function reconcile(tx: Tx, published: OpeningsPublished): Promise<Reconciled | null> {
  const { tutor_id: tutorId, schedule_version: version, from_at: from, terms, openings } = published;
  // RETURNING reads the table as the statement found it: the terms before.
  const [reconciled] = await tx.prepared<Reconciled>`
    with advanced as (
      insert into schedules as known (tutor_id, version, timezone, currency, buffer_before_minutes, buffer_after_minutes,
                                      minimum_notice_minutes, maximum_lessons_per_day, maximum_lessons_per_week,
                                      cancellation_policy_id, horizon_at)
      values (${tutorId}, ${version}, ${terms.timezone}, ${terms.currency}, ${terms.buffer_before_minutes},
              ${terms.buffer_after_minutes}, ${terms.minimum_notice_minutes}, ${terms.maximum_lessons_per_day},
              ${terms.maximum_lessons_per_week}, ${terms.cancellation_policy_id}, ${published.horizon_at ?? null})
      on conflict (tutor_id) do update
         set version = excluded.version, timezone = excluded.timezone, currency = excluded.currency,
             buffer_before_minutes = excluded.buffer_before_minutes, buffer_after_minutes = excluded.buffer_after_minutes,
             minimum_notice_minutes = excluded.minimum_notice_minutes,
             maximum_lessons_per_day = excluded.maximum_lessons_per_day,
             maximum_lessons_per_week = excluded.maximum_lessons_per_week,
             cancellation_policy_id = excluded.cancellation_policy_id,
             horizon_at = coalesce(excluded.horizon_at, known.horizon_at)
       where known.version < excluded.version
      returning not exists (
        select from schedules k
         where k.tutor_id = known.tutor_id
           and (k.timezone, k.currency, k.buffer_before_minutes, k.buffer_after_minutes, k.minimum_notice_minutes,
                k.maximum_lessons_per_day, k.maximum_lessons_per_week, k.cancellation_policy_id)
               is not distinct from
               (known.timezone, known.currency, known.buffer_before_minutes, known.buffer_after_minutes,
                known.minimum_notice_minutes, known.maximum_lessons_per_day, known.maximum_lessons_per_week,
                known.cancellation_policy_id)) as has_new_terms
    ), wanted as materialized (
      select distinct on (start_at)
             start_at, start_at + make_interval(mins => opening.minutes) as end_at, opening.price_cents,
             ${terms.currency}::text as currency, opening.capacity
        from jsonb_to_recordset(${JSON.stringify(openings)}::jsonb)
          as opening (minutes int, price_cents int, capacity smallint, starts timestamptz[]),
             unnest(opening.starts) as start_at
       where start_at >= ${from}
       order by start_at
    ), differences as materialized (
      select slot.id, start_at, wanted.end_at, wanted.price_cents, wanted.currency, wanted.capacity,
             -- What is wanted of a taken slot shows only once it is given back.
             slot.offered is distinct from true or slot.deleted_at is not null or wanted.end_at is null
               or not exists (select from claims where slot_id = slot.id) as is_news
        from wanted full join (select * from slots where tutor_id = ${tutorId} and start_at >= ${from}) as slot
                        using (start_at)
       where exists (select from advanced)
         and (slot.id is null
              or slot.offered and wanted.end_at is null
              or (not slot.offered or slot.deleted_at is not null) and wanted.end_at is not null
              or (coalesce(slot.wanted_end_at, slot.end_at), coalesce(slot.wanted_price_cents, slot.price_cents),
                  coalesce(slot.wanted_currency, slot.currency), coalesce(slot.wanted_capacity, slot.capacity))
                   <> (wanted.end_at, wanted.price_cents, wanted.currency, wanted.capacity))
    ), withdrawn as (
      update slots s
         set offered = false, status = case s.status when 'open' then 'closed' else s.status end
        from differences d
       where s.id = d.id and d.end_at is null
      returning s.id
    ), changed as (
      update slots s
         set offered = true,
             deleted_at = null,
             status = case when s.status = 'closed' and not s.withheld then 'open' else s.status end,
             end_at = case when d.is_taken then s.end_at else d.end_at end,
             price_cents = case when d.is_taken then s.price_cents else d.price_cents end,
             currency = case when d.is_taken then s.currency else d.currency end,
             capacity = case when d.is_taken then s.capacity else d.capacity end,
             wanted_end_at = case when d.is_kept then d.end_at end,
             wanted_price_cents = case when d.is_kept then d.price_cents end,
             wanted_currency = case when d.is_kept then d.currency end,
             wanted_capacity = case when d.is_kept then d.capacity end
        from (select d.*, is_taken,
                     is_taken and (d.end_at, d.price_cents, d.currency, d.capacity)
                                    <> (own.end_at, own.price_cents, own.currency, own.capacity) as is_kept
                from differences d join slots own on own.id = d.id,
                     lateral (select exists (select from claims where slot_id = d.id) as is_taken) as taken
               where d.end_at is not null) as d
       where s.id = d.id
      returning s.id
    ), added as (
      insert into slots (tutor_id, start_at, end_at, price_cents, currency, capacity, offered, status)
      select ${tutorId}, start_at, end_at, price_cents, currency, capacity, true, 'open' from differences where id is null
      returning id
    )
    select advanced.has_new_terms as "hasNewTerms", (select count(*)::int from differences where is_news) as changes,
           array(select id from changed union all select id from added) as offered, array(select id from withdrawn) as withdrawn
      from advanced`;
  return reconciled ?? null;
}
