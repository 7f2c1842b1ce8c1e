import type { PersonId } from '@scheduling/domain';
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
import type { Situation } from './situation.store.ts';

const HOLD_MINUTES = 10;
const HOLDS_AT_A_TIME = 3;
const HOLDS_AN_HOUR = 20;

const MINUTE = 60_000;

/** A seat, counted from 1, and how long it is set aside. */
export interface Grant {
  readonly seat: number;
  readonly expiresAt: Date;
}

/** Grants the lowest free seat until the hold runs out or the slot starts, whichever is sooner. */
export function grantSeat(situation: Situation, student: PersonId, now: Date): Grant {
  const { slot, studentHolds, studentHoldsLately } = situation;
  const seat = seatFor(situation, student, now);
  if (studentHolds >= HOLDS_AT_A_TIME) throw new HoldLimit(slot, { limit: HOLDS_AT_A_TIME, per: 'moment' });
  if (studentHoldsLately >= HOLDS_AN_HOUR) throw new HoldLimit(slot, { limit: HOLDS_AN_HOUR, per: 'hour' });

  const lapses = now.getTime() + HOLD_MINUTES * MINUTE;
  return { seat, expiresAt: new Date(Math.min(lapses, slot.startAt.getTime())) };
}

/** The lowest seat that is free for a student, whatever else they hold; refuses where there is none. */
export function seatFor(situation: Situation, student: PersonId, now: Date): number {
  const { slot } = situation;
  refuseSlot(slot, student, now);
  const seat = freeSeat(situation, student);
  if (situation.isWaitedFor) throw new SlotHeldByOthers(slot);
  if (situation.tutorBusy) throw new TutorBusy(slot);
  refuseBeyondCaps(situation);
  if (situation.studentBusy) throw new StudentBusy(slot);
  return seat;
}

/** What is wrong with the slot itself, whoever sits in it. */
function refuseSlot(slot: SlotOnTerms, student: PersonId, now: Date): void {
  if (slot.tutorId === student) throw new OwnSlot(slot);
  if (slot.startAt <= now) throw new SlotStarted(slot);
  if (!slot.offered) throw new SlotClosed(slot);
  const notice = slot.minimumNoticeMinutes;
  if (slot.startAt.getTime() - now.getTime() < notice * MINUTE) throw new TooSoon(slot, notice);
}

function refuseBeyondCaps({ slot, lessons }: Situation): void {
  const reached = capsReached(slot, lessons)(slot);
  if (reached === 'day') throw new DailyCapReached(slot, slot.maximumLessonsPerDay!);
  if (reached === 'week') throw new WeeklyCapReached(slot, slot.maximumLessonsPerWeek!);
}

function freeSeat({ slot, seated }: Situation, student: PersonId): number {
  if (seated.some(({ personId }) => personId === student)) throw new AlreadyBooked(slot);
  const taken = new Set(seated.map(({ seat }) => seat));
  const seat = Array.from({ length: slot.capacity }, (_, i) => i + 1).find((n) => !taken.has(n));
  if (seat !== undefined) return seat;
  throw seated.some(({ expiresAt }) => expiresAt !== null) ? new SlotHeldByOthers(slot) : new SlotBooked(slot);
}
