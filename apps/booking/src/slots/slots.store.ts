import type { OpeningsPublished, Terms } from '@scheduling/contracts';
import type { PersonId, SlotId } from '@scheduling/domain';
import type { Tx } from '@scheduling/persistence';
import { SlotNotFound } from './slots.errors.ts';

/** A lesson that can be taken, or was. */
export interface Slot {
  readonly id: SlotId;
  readonly tutorId: PersonId;
  readonly startAt: Date;
  readonly endAt: Date;
  readonly priceCents: number;
  readonly currency: string;
  readonly capacity: number;
  /** Whether the tutor wants it taken. */
  readonly offered: boolean;
  readonly status: 'open' | 'held' | 'booked' | 'closed';
}

/** A slot with what its tutor demands of whoever takes it. */
export interface SlotOnTerms extends Slot {
  readonly bufferBeforeMinutes: number;
  readonly bufferAfterMinutes: number;
  readonly minimumNoticeMinutes: number;
  readonly timezone: string;
}

const SLOT = `
  s.id, s.tutor_id as "tutorId", s.start_at as "startAt", s.end_at as "endAt", s.price_cents as "priceCents", s.currency,
  s.capacity, s.offered and not s.withheld as offered, s.status`;
const TERMS = `
  k.buffer_before_minutes as "bufferBeforeMinutes", k.buffer_after_minutes as "bufferAfterMinutes",
  k.minimum_notice_minutes as "minimumNoticeMinutes", k.timezone`;

/** Reads a slot without locking it; a slot's tutor and start never change. */
export async function findSlot(tx: Tx, id: SlotId): Promise<SlotOnTerms> {
  const [slot] = await tx.query<SlotOnTerms>(
    `select ${SLOT}, ${TERMS} from slots s join schedules k using (tutor_id) where s.id = $1`,
    [id],
  );
  if (!slot) throw new SlotNotFound(id);
  return slot;
}

/** Locks slots, in one order for all; the locks on their people come first. */
export async function lockSlots(tx: Tx, ids: readonly SlotId[]): Promise<void> {
  await tx.sql`select 1 from slots where id = any(${ids}) order by id for update`;
}

/** Lets the status of slots say again who claims them; every change of claims ends here. */
export async function settleSlots(tx: Tx, ids: readonly SlotId[]): Promise<void> {
  await tx.sql`
    update slots s
       set status = case when taken.seats >= s.capacity and taken.held > 0 then 'held'
                         when taken.seats >= s.capacity then 'booked'
                         when s.offered and not s.withheld then 'open'
                         else 'closed' end
      from (select w.id, count(c.seat) as seats, count(c.expires_at) as held
              from unnest(${ids}::uuid[]) as w (id) left join claims c on c.slot_id = w.id and c.seat > 0
             group by w.id) as taken
     where s.id = taken.id`;
}

/** Marks whether a slot is one that its tutor does not want taken again, whatever is published. */
export async function withholdSlot(tx: Tx, id: SlotId, withheld: boolean): Promise<void> {
  await tx.sql`update slots set withheld = ${withheld} where id = ${id} and withheld <> ${withheld}`;
}

/** Remembers a tutor's terms and the version that they came with; false if one as new has been here. */
export async function advanceSchedule(tx: Tx, tutorId: PersonId, version: number, terms: Terms): Promise<boolean> {
  const advanced = await tx.sql<{ version: string }>`
    insert into schedules as known (tutor_id, version, timezone, currency,
                                    buffer_before_minutes, buffer_after_minutes, minimum_notice_minutes)
    values (${tutorId}, ${version}, ${terms.timezone}, ${terms.currency},
            ${terms.buffer_before_minutes}, ${terms.buffer_after_minutes}, ${terms.minimum_notice_minutes})
    on conflict (tutor_id) do update
       set version = excluded.version, timezone = excluded.timezone, currency = excluded.currency,
           buffer_before_minutes = excluded.buffer_before_minutes, buffer_after_minutes = excluded.buffer_after_minutes,
           minimum_notice_minutes = excluded.minimum_notice_minutes
     where known.version < excluded.version
    returning version`;
  return advanced.length > 0;
}

/**
 * Makes the inventory of a tutor what was published, touching only rows that differ.
 * A slot with a claim keeps its length, price and size whatever is published; lapsed claims must have gone before.
 */
export async function reconcileSlots(tx: Tx, published: OpeningsPublished): Promise<void> {
  await tx.sql`
    with wanted as materialized (
      select distinct on (start_at)
             start_at, start_at + make_interval(mins => opening.minutes) as end_at, opening.price_cents, opening.capacity
        from jsonb_to_recordset(${JSON.stringify(published.openings)}::jsonb)
          as opening (minutes int, price_cents int, capacity smallint, starts timestamptz[]),
             unnest(opening.starts) as start_at
       order by start_at
    ), withdrawn as (
      update slots s
         set offered = false, status = case s.status when 'open' then 'closed' else s.status end
       where s.tutor_id = ${published.tutor_id} and s.start_at >= ${published.from_at} and s.offered
         and not exists (select 1 from wanted where wanted.start_at = s.start_at)
    )
    insert into slots as s (tutor_id, start_at, end_at, price_cents, currency, capacity, offered, status)
    select ${published.tutor_id}, start_at, end_at, price_cents, ${published.terms.currency}, capacity, true, 'open'
      from wanted
    on conflict (tutor_id, start_at) do update
       set offered = true,
           deleted_at = null,
           status = case when s.status = 'closed' and not s.withheld then 'open' else s.status end,
           (end_at, price_cents, currency, capacity) = (
             select s.end_at, s.price_cents, s.currency, s.capacity
              where exists (select 1 from claims where slot_id = s.id)
             union all
             select excluded.end_at, excluded.price_cents, excluded.currency, excluded.capacity
              where not exists (select 1 from claims where slot_id = s.id))
     where not s.offered or s.deleted_at is not null
        or (s.end_at, s.price_cents, s.currency, s.capacity)
             is distinct from (excluded.end_at, excluded.price_cents, excluded.currency, excluded.capacity)
           and not exists (select 1 from claims where slot_id = s.id)`;
}
