import { minutes, weekLater } from './calendar.ts';
import { seatRefusal, setAside } from './holding.ts';
import { waitersFor } from './lines.ts';
import { payByAllowance, payByCredit } from './money.ts';
import { booked } from './operations/confirm.ts';
import { free, isLive, lapse } from './seats.ts';
import type { ModelBooking, ModelHold, ModelSlot, ModelStudent, World } from './world.ts';

const DAY = minutes(1440);
const CHARGED_BEFORE = 3 * DAY;

export interface SeriesWish {
  student: ModelStudent;
  first: ModelSlot;
  count: number;
  onConflict: 'refuse' | 'skip';
  method: 'credit' | 'subscription';
}

/** What a date of a series gives: the lesson, or why there is none. */
export type ModelDate = { start: number; booking: ModelBooking } | { start: number; code: string };

/** Books a lesson each week at one time of the tutor's day, or refuses all of it. */
export function makeSeries(world: World, wish: SeriesWish): { dates: ModelDate[] } | { refused: string } {
  const { student, first, count, onConflict, method } = wish;
  lapse(world, (hold) => hold.slot.tutor === first.tutor || hold.student === student);
  const starts = [first.start];
  while (starts.length < count) starts.push(weekLater(first.start, starts.length, first.tutor.terms!.timezone));
  const dates = starts.map((start) => ({ start, ...seatAt(world, wish, start) }));
  const conflicts = dates.filter((date) => 'code' in date).length;
  if (onConflict === 'refuse' ? conflicts > 0 : conflicts === count) return { refused: 'series_conflict' };

  const kept: ModelDate[] = [];
  for (const date of dates) {
    if ('code' in date) {
      kept.push(date);
      continue;
    }
    const until = Math.min(world.now + minutes(15), date.start);
    const held = date.own ?? setAside(world, date.slot, student, { kind: 'series', until });
    const booking = booked(world, held, { method, paidBy: null }, 'pending_payment');
    const refused = isDue(world, booking) ? charge(world, booking) : null;
    if (refused) return { refused };
    kept.push({ start: date.start, booking });
  }
  return { dates: kept };
}

type Seat = { slot: ModelSlot; own: ModelHold | null };

/** What a student can have at a start; a hold of theirs was granted already. */
function seatAt(world: World, { student, first }: SeriesWish, start: number): Seat | { code: string } {
  const slot = world.slots.find((any) => any.tutor === first.tutor && any.start === start);
  if (!slot) return { code: 'not_offered' };
  const own = world.holds.find((hold) => hold.slot === slot && hold.student === student && isLive(world, hold));
  if (own) return { slot, own };
  const code = seatRefusal(world, slot, student, waitersFor(world, slot));
  return code ? { code } : { slot, own: null };
}

const isDue = ({ now }: World, { start }: ModelBooking): boolean => start - now <= CHARGED_BEFORE;

/** Has a lesson paid for that waits for it, or says why not. */
function charge(world: World, booking: ModelBooking): string | null {
  const pay = booking.method === 'credit' ? payByCredit : payByAllowance;
  const paid = pay(world, booking.student, booking.price, booking.currency);
  if ('refused' in paid) return paid.refused;
  Object.assign(booking, { status: 'confirmed', version: booking.version + 1, paidBy: paid.week ?? null });
  return null;
}

/** Charges what is due, in an order; what is refused is tried again each hour, and called off a day before the lesson. */
export function chargeAll(world: World, order: (booking: ModelBooking) => string): void {
  const due = world.bookings
    .filter((booking) => booking.status === 'pending_payment' && isDue(world, booking))
    .filter(({ nextCharge }) => nextCharge === null || nextCharge <= world.now)
    .toSorted((a, b) => (order(a) < order(b) ? -1 : 1));
  for (const booking of due) {
    const left = booking.start - world.now;
    const refused = left <= 0 || charge(world, booking) !== null;
    if (!refused) continue;
    booking.nextCharge = Math.min(world.now + minutes(60), booking.start - DAY);
    if (left > DAY) continue;
    Object.assign(booking, { status: 'canceled', version: booking.version + 1 });
    free(world, [booking.slot]);
  }
}
