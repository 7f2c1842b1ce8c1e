import type { PersonId, SlotId } from '@scheduling/domain';
import type { Tx } from '@scheduling/persistence';
import type { SlotOnTerms } from '../slots/slots.store.ts';

/** Who sits in a slot; seat 0 is the tutor's. No expiry means that a booking stands behind it. */
export interface Claim {
  readonly seat: number;
  readonly personId: PersonId;
  readonly expiresAt: Date | null;
}

/** Claims a lesson's time for its tutor and a student; the tutor's claim lasts as long as the longest of the students'. */
export async function claimSeat(tx: Tx, slot: SlotOnTerms, student: Claim): Promise<void> {
  await tx.prepared`
    insert into claims (slot_id, person_id, seat, during, expires_at)
    values (${slot.id}, ${student.personId}, ${student.seat}, ${lesson(slot)}::tstzrange, ${student.expiresAt}),
           (${slot.id}, ${slot.tutorId}, 0, ${padded(slot)}::tstzrange, ${student.expiresAt})
    on conflict (slot_id, person_id) do update
       set expires_at = case when claims.expires_at is null then null else greatest(claims.expires_at, excluded.expires_at) end`;
}

/** A place in a slot: whose claim it is, a student's or that of a hold without one. */
export interface Place {
  readonly slotId: SlotId;
  readonly personId: PersonId;
}

/** Gives time back; a tutor's claim then ends with the longest that is left, or goes with the last. */
export async function releaseClaims(tx: Tx, released: readonly Place[]): Promise<void> {
  const slots = released.map(({ slotId }) => slotId);
  const people = released.map(({ personId }) => personId);
  await tx.prepared`
    delete from claims using unnest(${slots}::uuid[], ${people}::uuid[]) as gone (slot_id, person_id)
     where claims.slot_id = gone.slot_id and claims.person_id = gone.person_id and seat > 0`;
  await tx.prepared`
    with left_over as (
      select t.slot_id, count(s.seat) as seats,
             case when bool_or(s.expires_at is null) then null else max(s.expires_at) end as expires_at
        from claims t left join claims s on s.slot_id = t.slot_id and s.seat > 0
       where t.slot_id = any(${slots}) and t.seat = 0
       group by t.slot_id
    ), emptied as (
      delete from claims using left_over
       where claims.slot_id = left_over.slot_id and claims.seat = 0 and left_over.seats = 0
    )
    update claims set expires_at = left_over.expires_at from left_over
     where claims.slot_id = left_over.slot_id and claims.seat = 0 and left_over.seats > 0`;
}

const lesson = ({ startAt, endAt }: SlotOnTerms): string => range(startAt.getTime(), endAt.getTime());
const padded = ({ startAt, endAt, bufferBeforeMinutes, bufferAfterMinutes }: SlotOnTerms): string =>
  range(startAt.getTime() - bufferBeforeMinutes * 60_000, endAt.getTime() + bufferAfterMinutes * 60_000);
const range = (from: number, until: number): string =>
  `[${new Date(from).toISOString()},${new Date(until).toISOString()})`;
