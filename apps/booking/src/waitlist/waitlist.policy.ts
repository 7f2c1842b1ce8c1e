import type { PersonId, SlotId } from '@scheduling/domain';
import type { Situation } from '../holds/situation.store.ts';
import type { Span } from '../slots/caps.policy.ts';
import { RangeBackwards, RangeTooLong } from '../slots/slots.errors.ts';
import type { SlotOnTerms } from '../slots/slots.store.ts';
import { OwnTime, TooLateToWait } from './waitlist.errors.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** Whoever waits must still have the time to come. `waiting_for` says the same to the database. */
const LEAD = 120 * MINUTE;
const OFFER = 15 * MINUTE;
const WINDOW_DAYS = 92;

/** How many lines a student may stand in at a time. */
export const PLACES = 10;

/** What a student waits for: one slot of a tutor's, or any that starts within a window. */
export interface Wish {
  readonly tutorId: PersonId;
  readonly slotId: SlotId | null;
  /** When a lesson may start; of one slot both ends are its start. */
  readonly starts: Span;
}

/** Whether somebody in a line may still come to have a seat. */
export const isLive = ({ status }: { readonly status: string }): boolean =>
  status === 'waiting' || status === 'offered';

/** Until when somebody can be offered a lesson that starts by then. */
export const offeredUntil = (startAt: Date): Date => new Date(startAt.getTime() - LEAD);

/** Refuses what nobody can wait for. */
export function refuseWish({ tutorId, slotId, starts: { from, until } }: Wish, student: PersonId, now: Date): void {
  if (tutorId === student) throw new OwnTime();
  if (slotId === null && until <= from) throw new RangeBackwards('window.until');
  if (until.getTime() - from.getTime() > WINDOW_DAYS * DAY) throw new RangeTooLong(WINDOW_DAYS, 'window.until');
  if (offeredUntil(until) <= now) throw new TooLateToWait(offeredUntil(until));
}

/** What becomes of a reserved seat: it is offered to the first in line, or the line moves on, or nobody is left to have it. */
export type Turn =
  | { readonly kind: 'offer'; readonly expiresAt: Date }
  | { readonly kind: 'pass' }
  | { readonly kind: 'open' };

/** Decides about the first in line, if there is anyone: what the slot is like, and whether they have the time. */
export function turn(student: PersonId | null, { slot, seated, studentBusy }: Situation, now: Date): Turn {
  if (student === null || !isOfferable(slot, now)) return { kind: 'open' };
  if (studentBusy || seated.some(({ personId }) => personId === student)) return { kind: 'pass' };
  const expires = Math.min(now.getTime() + OFFER, offeredUntil(slot.startAt).getTime());
  return { kind: 'offer', expiresAt: new Date(expires) };
}

function isOfferable({ offered, startAt, minimumNoticeMinutes: notice }: SlotOnTerms, now: Date): boolean {
  const left = startAt.getTime() - now.getTime();
  return offered && left > LEAD && left >= notice * MINUTE;
}
