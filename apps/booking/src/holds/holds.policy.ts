import type { PersonId } from '@scheduling/domain';
import type { Surroundings } from '../claims/claims.store.ts';
import { capsReached } from '../slots/caps.policy.ts';
import type { SlotOnTerms } from '../slots/slots.store.ts';
import {
  AlreadyBooked,
  DailyCapReached,
  HoldLimit,
  OwnSlot,
  SlotBooked,
  SlotClosed,
  SlotHeldByOthers,
  SlotStarted,
  StudentBusy,
  TooSoon,
  TutorBusy,
  WeeklyCapReached,
} from './holds.errors.ts';

const HOLD_MINUTES = 10;
const HOLDS_PER_STUDENT = 3;

const MINUTE = 60_000;

/** A seat, counted from 1, and how long it is set aside. */
export interface Grant {
  readonly seat: number;
  readonly expiresAt: Date;
}

/** Grants the lowest free seat until the hold runs out or the slot starts, whichever is sooner. */
export function grantSeat(slot: SlotOnTerms, around: Surroundings, student: PersonId, now: Date): Grant {
  refuseSlot(slot, student, now);
  const seat = freeSeat(slot, around, student);
  if (around.tutorBusy) throw new TutorBusy(slot);
  refuseBeyondCaps(slot, around);
  if (around.studentBusy) throw new StudentBusy(slot);
  if (around.studentHolds >= HOLDS_PER_STUDENT) throw new HoldLimit(slot, HOLDS_PER_STUDENT);

  const lapses = now.getTime() + HOLD_MINUTES * MINUTE;
  return { seat, expiresAt: new Date(Math.min(lapses, slot.startAt.getTime())) };
}

/** What is wrong with the slot itself, whoever sits in it. */
function refuseSlot(slot: SlotOnTerms, student: PersonId, now: Date): void {
  if (slot.tutorId === student) throw new OwnSlot(slot);
  if (slot.startAt <= now) throw new SlotStarted(slot);
  if (!slot.offered) throw new SlotClosed(slot);
  const notice = slot.minimumNoticeMinutes;
  if (slot.startAt.getTime() - now.getTime() < notice * MINUTE) throw new TooSoon(slot, notice);
}

function refuseBeyondCaps(slot: SlotOnTerms, { lessons }: Surroundings): void {
  const reached = capsReached(slot, lessons)(slot);
  if (reached === 'day') throw new DailyCapReached(slot, slot.maximumLessonsPerDay!);
  if (reached === 'week') throw new WeeklyCapReached(slot, slot.maximumLessonsPerWeek!);
}

function freeSeat(slot: SlotOnTerms, { seated }: Surroundings, student: PersonId): number {
  if (seated.some(({ personId }) => personId === student)) throw new AlreadyBooked(slot);
  const taken = new Set(seated.map(({ seat }) => seat));
  const seat = Array.from({ length: slot.capacity }, (_, i) => i + 1).find((n) => !taken.has(n));
  if (seat !== undefined) return seat;
  throw seated.some(({ expiresAt }) => expiresAt !== null) ? new SlotHeldByOthers(slot) : new SlotBooked(slot);
}
