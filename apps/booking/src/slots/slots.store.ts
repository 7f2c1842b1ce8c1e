import type { PersonId, SlotId } from '@scheduling/domain';
import { lockPeople, statement, type Tx } from '@scheduling/persistence';
import type { CancelPolicy } from '../bookings/cancel.policy.ts';
import { COPY_OF_POLICY } from '../policies/policies.store.ts';
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
  /** How many lessons may start on a day of the tutor's zone; any number if null. */
  readonly maximumLessonsPerDay: number | null;
  /** How many lessons may start in a week of the tutor's zone; any number if null. */
  readonly maximumLessonsPerWeek: number | null;
  /** What a hold keeps: the policy that the tutor named, or the default one where they named none that is known. */
  readonly policy: CancelPolicy;
}

/** The columns of a slot `s`. */
export const SLOT = `
  s.id, s.tutor_id as "tutorId", s.start_at as "startAt", s.end_at as "endAt", s.price_cents as "priceCents", s.currency,
  s.capacity, s.offered and not s.withheld as offered, s.status`;
/** What its tutor demands, from the schedule `k`. */
export const TERMS = `
  k.buffer_before_minutes as "bufferBeforeMinutes", k.buffer_after_minutes as "bufferAfterMinutes",
  k.minimum_notice_minutes as "minimumNoticeMinutes", k.timezone,
  k.maximum_lessons_per_day as "maximumLessonsPerDay", k.maximum_lessons_per_week as "maximumLessonsPerWeek",
  (select ${COPY_OF_POLICY}
     from policies p where p.id = k.cancellation_policy_id or p.is_default order by p.is_default limit 1) as policy`;

const FIND = statement(`select ${SLOT}, ${TERMS} from slots s join schedules k using (tutor_id) where s.id = $1`);

/** Reads a slot without locking it; a slot's tutor and start never change. */
export async function findSlot(tx: Tx, id: SlotId): Promise<SlotOnTerms> {
  const [slot] = await tx.run<SlotOnTerms>(FIND, [id]);
  if (!slot) throw new SlotNotFound(id);
  return slot;
}

/** Locks people, then slots that are there, each kind in one order for all, in one statement. */
export async function lockPeopleAndSlots(tx: Tx, people: readonly PersonId[], ids: readonly SlotId[]): Promise<void> {
  if (ids.length === 0) return lockPeople(tx, people);
  // The people come first: their locks are a condition that PostgreSQL asks once, before it looks for any row.
  await tx.prepared`
    with people as materialized (
      select pg_advisory_xact_lock(hashtextextended(current_schema() || ' person ' || id, 0))
        from unnest(${[...new Set(people)].toSorted()}::uuid[]) as id)
    select 1 from slots where id = any(${ids}) and (select count(*) from people) >= 0 order by id for update`;
}

/** Lets the status of slots say again who claims them; every change of claims ends here. */
export async function settleSlots(tx: Tx, ids: readonly SlotId[]): Promise<void> {
  await tx.prepared`
    update slots s
       set status = case when taken.seats >= s.capacity and taken.held > 0 then 'held'
                         when taken.seats >= s.capacity then 'booked'
                         when s.offered and not s.withheld then 'open'
                         else 'closed' end,
           -- With the last claim goes what it kept as it was.
           end_at = case when taken.seats = 0 then coalesce(s.wanted_end_at, s.end_at) else s.end_at end,
           price_cents = case when taken.seats = 0 then coalesce(s.wanted_price_cents, s.price_cents) else s.price_cents end,
           currency = case when taken.seats = 0 then coalesce(s.wanted_currency, s.currency) else s.currency end,
           capacity = case when taken.seats = 0 then coalesce(s.wanted_capacity, s.capacity) else s.capacity end,
           wanted_end_at = case when taken.seats > 0 then s.wanted_end_at end,
           wanted_price_cents = case when taken.seats > 0 then s.wanted_price_cents end,
           wanted_currency = case when taken.seats > 0 then s.wanted_currency end,
           wanted_capacity = case when taken.seats > 0 then s.wanted_capacity end
      from (select w.id, count(c.seat) as seats, count(c.expires_at) as held
              from unnest(${ids}::uuid[]) as w (id) left join claims c on c.slot_id = w.id and c.seat > 0
             group by w.id) as taken
     where s.id = taken.id`;
}

/** Marks whether a slot is one that its tutor does not want taken again, whatever is published; false if it was marked so. */
export async function withholdSlot(tx: Tx, id: SlotId, withheld: boolean): Promise<boolean> {
  const marked = await tx.sql<{ id: SlotId }>`
    update slots set withheld = ${withheld} where id = ${id} and withheld <> ${withheld} returning id`;
  return marked.length > 0;
}
