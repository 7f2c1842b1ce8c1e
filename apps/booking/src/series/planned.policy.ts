import type { Situation } from '../holds/situation.store.ts';
import type { Planned } from './planned.store.ts';

/** What becomes of a seat that is reserved for a date: a lesson, or the date is left out, or the seat is not to be had after all. */
export type Turn =
  | { readonly kind: 'book' }
  | { readonly kind: 'skip'; readonly code: string }
  | { readonly kind: 'open' };

/** Decides about the date that a reserved seat is for, if there is one, as its student meets the slot. */
export function turn(planned: Planned | null, { slot, seated, studentBusy }: Situation, now: Date): Turn {
  const isLeft = slot.startAt.getTime() - now.getTime() >= slot.minimumNoticeMinutes * 60_000;
  if (!planned || !slot.offered || slot.startAt <= now || !isLeft) return { kind: 'open' };
  if (seated.some(({ personId }) => personId === planned.studentId)) return { kind: 'skip', code: 'already_booked' };
  if (studentBusy) return { kind: 'skip', code: 'student_busy' };
  // Nobody agreed to more than the first lesson cost.
  const isDearer = slot.priceCents > planned.priceCents || slot.currency !== planned.currency;
  return isDearer ? { kind: 'skip', code: 'price_rose' } : { kind: 'book' };
}
