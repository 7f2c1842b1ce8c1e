import type { HoldId, PersonId, SlotId } from '@scheduling/domain';
import { statement, type Tx } from '@scheduling/persistence';
import type { CancelPolicy } from '../bookings/cancel.policy.ts';

/** Who a seat is set aside for: a student who asked, whoever waited the longest, or a lesson of a series. */
export type HoldKind = 'student' | 'waitlist' | 'series';

/** A seat set aside, and a snapshot of what it will cost whatever the tutor changes meanwhile. */
export interface Hold {
  readonly id: HoldId;
  readonly slotId: SlotId;
  readonly tutorId: PersonId;
  /** Null in a reservation: the seat is kept for whoever is named next. */
  readonly studentId: PersonId | null;
  readonly kind: HoldKind;
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

/** Who a hold's claim is written for: its student, or the hold itself for as long as nobody is named. */
export const holderOf = ({ id, studentId }: Pick<Hold, 'id' | 'studentId'>): PersonId =>
  studentId ?? (id as string as PersonId);

/** The columns of a hold `h`. */
export const HOLD = `
  h.id, h.slot_id as "slotId", h.tutor_id as "tutorId", h.student_id as "studentId", h.kind, h.seat, h.status,
  h.price_cents as "priceCents", h.currency, h.start_at as "startAt", h.end_at as "endAt", h.policy,
  h.held_at as "heldAt", h.expires_at as "expiresAt"`;

const NEWEST = statement(
  `select ${HOLD} from holds h where slot_id = $1 and student_id = $2 order by number desc limit 1`,
);

/** The newest hold that a student has, or had, on a slot. */
export async function newestHold(tx: Tx, slotId: SlotId, studentId: PersonId): Promise<Hold | undefined> {
  const [hold] = await tx.run<Hold>(NEWEST, [slotId, studentId]);
  return hold;
}

/** Ends a hold in one of the ways that need no clock. */
export async function endHold(tx: Tx, id: HoldId, status: 'confirmed' | 'released'): Promise<void> {
  await tx.prepared`update holds set status = ${status} where id = ${id}`;
}

/** Whether any hold of a tutor ran out by `tx.now`: one cheap question, asked before each publication. */
export async function hasLapsed(tx: Tx, tutorId: PersonId): Promise<boolean> {
  const [answer] = await tx.prepared<{ some: boolean }>`
    select exists (select from holds where tutor_id = ${tutorId} and status = 'held' and expires_at <= ${tx.now}) as some`;
  return answer!.some;
}

const LAPSED = statement(`select ${HOLD} from holds h where tutor_id = $1 and status = 'held' and expires_at <= $2`);

/** The holds of a tutor that ran out by `tx.now`. */
export const lapsedOfTutor = (tx: Tx, tutorId: PersonId): Promise<Hold[]> => tx.run<Hold>(LAPSED, [tutorId, tx.now]);

/** Tutors with holds that ran out by `tx.now`, the longest ago first. */
export async function tutorsWithLapsed(tx: Tx, limit: number): Promise<PersonId[]> {
  const tutors = await tx.sql<{ tutorId: PersonId }>`
    select tutor_id as "tutorId" from holds where status = 'held' and expires_at <= ${tx.now}
     group by tutor_id order by min(expires_at) limit ${limit}`;
  return tutors.map(({ tutorId }) => tutorId);
}

const LAPSE = statement(
  `update holds h set status = 'lapsed' where id = any($1) and status = 'held' and expires_at <= $2 returning ${HOLD}`,
);

/** Turns these holds to lapsed; answers those that had not been yet. */
export const markLapsed = (tx: Tx, ids: readonly HoldId[]): Promise<Hold[]> => tx.run<Hold>(LAPSE, [ids, tx.now]);
