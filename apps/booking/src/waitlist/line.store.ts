import type { PersonId, SlotId, WaitlistId } from '@scheduling/domain';
import type { Tx } from '@scheduling/persistence';
import type { Hold } from '../holds/holds.store.ts';
import type { Span } from '../slots/caps.policy.ts';

/** Who is next for a slot. */
export interface First {
  readonly id: WaitlistId;
  readonly studentId: PersonId;
}

/** What is to be kept from the public, of slots that came free or are newly offered. */
export interface Wanted {
  /** The tutors of whom something may be wanted, in these slots or others. */
  readonly tutorIds: readonly PersonId[];
  /** How many seats of which slots, the soonest first. */
  readonly seats: readonly { slotId: SlotId; count: number }[];
}

/** A batch of slots that one transaction reserves seats in; the rest is for the ones after it, and taken to everyone else. */
const SLOTS = 20;

/** How many wait for each of these slots, the soonest of them; one cheap question where nobody waits with their tutors. */
export async function seatsWaitedFor(tx: Tx, slotIds: readonly SlotId[]): Promise<Wanted> {
  const tutors = await tx.prepared<{ tutorId: PersonId }>`
    select distinct tutor_id as "tutorId" from waitlist
     where status in ('waiting', 'offered') and tutor_id in (select tutor_id from slots where id = any(${slotIds}))`;
  const tutorIds = tutors.map(({ tutorId }) => tutorId);
  if (tutorIds.length === 0) return { tutorIds, seats: [] };

  await endOffers(tx, slotIds);
  const seats = await tx.prepared<{ slotId: SlotId; count: number }>`
    select s.id as "slotId", line.count
      from slots s
      cross join lateral (select count(*)::int from waiting_for(s.id, s.tutor_id, s.start_at, ${tx.now})) as line
     where s.id = any(${slotIds}) and line.count > 0
     order by s.start_at
     limit ${SLOTS}`;
  return { tutorIds, seats };
}

/** The first in line for a slot, if anyone waits for it. */
export async function firstInLine(tx: Tx, slotId: SlotId): Promise<First | null> {
  const [first] = await tx.prepared<First>`
    select w.entry_id as id, w.student_id as "studentId"
      from slots s, waiting_for(s.id, s.tutor_id, s.start_at, ${tx.now}) as w
     where s.id = ${slotId}
     order by w.number
     limit 1`;
  return first ?? null;
}

/**
 * Says of offers that have ended what became of them: of these slots, or of all that were taken, by anyone or one student. Whoever let an offer go waits on
 * for the rest of a window; a place in the line of one slot ends with it.
 */
export async function endOffers(
  tx: Tx,
  slotIds: readonly SlotId[] | null,
  student: PersonId | null = null,
): Promise<void> {
  await tx.prepared`
    with ended as materialized (
      select e.id, h.slot_id, h.status,
             case when h.status = 'confirmed' then 'taken' when e.slot_id is null then 'waiting' else 'passed_over' end as becomes,
             case when h.status = 'confirmed' then b.created_at else ${tx.now} end as at
        from waitlist e join holds h on h.id = e.hold_id left join bookings b on b.id = h.id
       where e.status = 'offered' and h.status <> 'held'
         and (h.slot_id = any(${slotIds}::uuid[]) or ${slotIds}::uuid[] is null and h.status = 'confirmed')
         and (${student}::uuid is null or e.student_id = ${student})
    ), turned as (
      -- Two who find it at once write it down once.
      update waitlist e set status = ended.becomes from ended where e.id = ended.id and e.status = 'offered' returning e.id
    )
    insert into waitlist_steps (entry_id, at, what, slot_id, reason)
    select id, at, case status when 'confirmed' then 'taken' else 'passed_over' end, slot_id,
           case status when 'lapsed' then 'offer_ran_out' when 'released' then 'offer_declined' end
      from ended join turned using (id)
     order by id`;
}

/** Writes down to whom a seat is offered. */
export async function markOffered(tx: Tx, entryId: WaitlistId, hold: Hold): Promise<void> {
  await tx.prepared`
    with offered as (
      update waitlist set status = 'offered', hold_id = ${hold.id} where id = ${entryId}
    )
    insert into waitlist_steps (entry_id, at, what, slot_id) values (${entryId}, ${tx.now}, 'offered', ${hold.slotId})`;
}

/** Passes somebody over for slots at whose time they are busy: who waits for one slot only does so no longer. */
export async function passOver(tx: Tx, entryId: WaitlistId, slotIds: readonly SlotId[]): Promise<void> {
  await tx.prepared`
    with passed as (
      update waitlist set status = 'passed_over' where id = ${entryId} and slot_id is not null
    )
    insert into waitlist_steps (entry_id, at, what, slot_id, reason)
    select ${entryId}, ${tx.now}, 'passed_over', slot_id, 'busy' from unnest(${slotIds}::uuid[]) as slot_id`;
}

/** Ends places that nobody can be offered a lesson for any more, at most so many; answers how many. */
export async function expire(tx: Tx, limit: number): Promise<number> {
  const expired = await tx.sql<{ id: WaitlistId }>`
    with due as (
      select id from waitlist where status = 'waiting' and expires_at <= ${tx.now}
       order by expires_at limit ${limit} for update skip locked
    ), expired as (
      update waitlist e set status = 'expired' from due where e.id = due.id returning e.id
    )
    insert into waitlist_steps (entry_id, at, what) select id, ${tx.now}, 'expired' from expired returning entry_id as id`;
  return expired.length;
}

/** When a lesson may start that somebody waits for with a tutor; null where nobody does. */
export async function waitedSpan(tx: Tx, tutorId: PersonId): Promise<Span | null> {
  const [span] = await tx.prepared<{ from: Date | null; until: Date }>`
    select min(lower(starts)) as from, max(upper(starts)) + interval '1 millisecond' as until
      from waitlist where tutor_id = ${tutorId} and status = 'waiting' and expires_at > ${tx.now}`;
  return span?.from ? { from: span.from, until: span.until } : null;
}

/** Tutors after one, in the order of their ids, whose line may have something to do: a hold ran out, or a slot they wait for is open. */
export async function tutorsWaitedFor(tx: Tx, after: PersonId | null, limit: number): Promise<PersonId[]> {
  const tutors = await tx.sql<{ tutorId: PersonId }>`
    select tutor_id as "tutorId"
      from (select distinct tutor_id from waitlist
             where status in ('waiting', 'offered') and (${after}::uuid is null or tutor_id > ${after})) as waited
     where exists (select from holds h where h.tutor_id = waited.tutor_id and h.status = 'held' and h.expires_at <= ${tx.now})
        or exists (select from slots s, waiting_for(s.id, s.tutor_id, s.start_at, ${tx.now})
                    where s.tutor_id = waited.tutor_id and s.start_at > ${tx.now}
                      and s.status = 'open' and s.offered and not s.withheld and s.deleted_at is null)
     order by tutor_id limit ${limit}`;
  return tutors.map(({ tutorId }) => tutorId);
}
