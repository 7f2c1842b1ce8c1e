import type { HoldId, PersonId, SlotId } from '@scheduling/domain';
import type { Tx } from '@scheduling/persistence';
import type { CancelPolicy } from '../bookings/cancel.policy.ts';
import type { SlotOnTerms } from '../slots/slots.store.ts';

/** A seat set aside for a student, and a snapshot of what it will cost whatever the tutor changes meanwhile. */
export interface Hold {
  readonly id: HoldId;
  readonly slotId: SlotId;
  readonly tutorId: PersonId;
  readonly studentId: PersonId;
  /** Counted from 1. */
  readonly seat: number;
  readonly status: 'held' | 'lapsed' | 'released' | 'confirmed';
  readonly priceCents: number;
  readonly currency: string;
  readonly startAt: Date;
  readonly endAt: Date;
  readonly policy: CancelPolicy;
  readonly heldAt: Date;
  readonly expiresAt: Date;
}

const HOLD = `
  h.id, h.slot_id as "slotId", h.tutor_id as "tutorId", h.student_id as "studentId", h.seat, h.status,
  h.price_cents as "priceCents", h.currency, h.start_at as "startAt", h.end_at as "endAt", h.policy,
  h.held_at as "heldAt", h.expires_at as "expiresAt"`;

/** Keeps a hold. */
export async function insertHold(tx: Tx, hold: Hold): Promise<void> {
  await tx.sql`
    insert into holds (id, slot_id, tutor_id, student_id, seat, status, price_cents, currency, start_at, end_at, policy,
                       held_at, expires_at)
    values (${hold.id}, ${hold.slotId}, ${hold.tutorId}, ${hold.studentId}, ${hold.seat}, ${hold.status},
            ${hold.priceCents}, ${hold.currency}, ${hold.startAt}, ${hold.endAt}, ${JSON.stringify(hold.policy)},
            ${hold.heldAt}, ${hold.expiresAt})`;
}

/** The newest hold that a student has, or had, on a slot. */
export async function newestHold(tx: Tx, slotId: SlotId, studentId: PersonId): Promise<Hold | undefined> {
  const [hold] = await tx.query<Hold>(
    `select ${HOLD} from holds h where slot_id = $1 and student_id = $2 order by number desc limit 1`,
    [slotId, studentId],
  );
  return hold;
}

/** Marks a hold as what became a booking. */
export async function confirmHold(tx: Tx, id: HoldId): Promise<void> {
  await tx.sql`update holds set status = 'confirmed' where id = ${id}`;
}

/** The holds that ran out by `tx.now` and whose claims stand where a student wants a slot. */
export function lapsedInTheWay(tx: Tx, slot: SlotOnTerms, student: PersonId): Promise<Hold[]> {
  const { bufferBeforeMinutes: before, bufferAfterMinutes: after } = slot;
  return tx.query<Hold>(
    `select distinct ${HOLD}
       from claims c join holds h on h.slot_id = c.slot_id and h.status = 'held' and h.expires_at <= $1
      where c.slot_id = $2
         or c.person_id in ($3, $4)
            and c.during && tstzrange($5::timestamptz - make_interval(mins => $7), $6::timestamptz + make_interval(mins => $8))`,
    [tx.now, slot.id, slot.tutorId, student, slot.startAt, slot.endAt, before, after],
  );
}

/** Whether any hold of a tutor ran out by `tx.now`: one cheap question, asked before each publication. */
export async function hasLapsed(tx: Tx, tutorId: PersonId): Promise<boolean> {
  const [answer] = await tx.prepared<{ some: boolean }>`
    select exists (select from holds where tutor_id = ${tutorId} and status = 'held' and expires_at <= ${tx.now}) as some`;
  return answer!.some;
}

/** The holds of a tutor that ran out by `tx.now`. */
export function lapsedOfTutor(tx: Tx, tutorId: PersonId): Promise<Hold[]> {
  return tx.query<Hold>(`select ${HOLD} from holds h where tutor_id = $1 and status = 'held' and expires_at <= $2`, [
    tutorId,
    tx.now,
  ]);
}

/** Tutors with holds that ran out by `tx.now`, the longest ago first. */
export async function tutorsWithLapsed(tx: Tx, limit: number): Promise<PersonId[]> {
  const tutors = await tx.sql<{ tutorId: PersonId }>`
    select tutor_id as "tutorId" from holds where status = 'held' and expires_at <= ${tx.now}
     group by tutor_id order by min(expires_at) limit ${limit}`;
  return tutors.map(({ tutorId }) => tutorId);
}

/** Turns these holds to lapsed; answers those that had not been yet. */
export function markLapsed(tx: Tx, ids: readonly HoldId[]): Promise<Hold[]> {
  return tx.query<Hold>(
    `update holds h set status = 'lapsed' where id = any($1) and status = 'held' and expires_at <= $2 returning ${HOLD}`,
    [ids, tx.now],
  );
}
