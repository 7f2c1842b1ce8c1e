import { minutes } from './calendar.ts';
import type { ModelBooking, ModelStudent, ModelWeek, World } from './world.ts';

/** Why something is not paid for, or with which week of a subscription it is. */
export type Paid = { readonly refused: string } | { readonly week?: ModelWeek };

/** What a student has, in one currency or in the one that changed last. */
export function balanceOf(student: ModelStudent, currency?: string): { cents: number; currency: string } {
  const own = student.credits
    .filter((credit) => currency === undefined || credit.currency === currency)
    .toSorted((a, b) => b.changed - a.changed || (a.currency < b.currency ? -1 : 1));
  return { cents: own[0]?.cents ?? 0, currency: own[0]?.currency ?? currency ?? 'USD' };
}

/** Adds so much to what a student has; less than nothing takes. */
export function addCredit(world: World, student: ModelStudent, cents: number, currency: string): void {
  let credit = student.credits.find((known) => known.currency === currency);
  if (!credit) student.credits.push((credit = { currency, cents: 0, changed: world.now }));
  credit.cents += cents;
  credit.changed = world.now;
}

/** Takes a price from a student's credits. */
export function payByCredit(world: World, student: ModelStudent, cents: number, currency: string): Paid {
  if (cents === 0) return {};
  const { cents: held } = balanceOf(student, currency);
  if (held < cents) {
    const hasOther = held === 0 && balanceOf(student).cents > 0;
    return { refused: hasOther ? 'currency_mismatch' : 'not_enough_credit' };
  }
  addCredit(world, student, -cents, currency);
  return {};
}

/** Takes a lesson out of the week of a student's subscription; what is free takes none. */
export function payByAllowance(world: World, student: ModelStudent, cents: number): Paid {
  if (cents === 0) return {};
  const subscription = world.subscriptions.find((own) => own.student === student);
  if (!subscription) return { refused: 'no_subscription' };
  const until = endOfWeek(world, subscription.start);
  let week = subscription.weeks.find((known) => known.until === until);
  if (!week) subscription.weeks.push((week = { until, used: 0 }));
  if (week.used >= subscription.allowance) return { refused: 'allowance_used_up' };
  week.used += 1;
  return { week };
}

const WEEK = minutes(7 * 1440);

/** When the week that runs now ends, of those that are counted from an instant. */
export const endOfWeek = ({ now }: World, start: number): number =>
  start + (Math.floor((now - start) / WEEK) + 1) * WEEK;

/** Gives so much of a lesson's price back, the way that it came: a lesson of a subscription's week whole, or not at all. */
export function payBack(world: World, booking: ModelBooking, cents: number): void {
  if (cents === 0) return;
  if (booking.method === 'stripe') return void world.returning.push(booking);
  if (booking.method === 'credit') return addCredit(world, booking.student, cents, booking.currency);
  if (booking.paidBy && cents === booking.price && booking.paidBy.until > world.now) booking.paidBy.used -= 1;
}

/** Has what is on its way to cards arrive: what was canceled is refunded then, and what was missed has a version more. */
export function arrive(world: World): void {
  for (const booking of world.returning.splice(0)) {
    if (booking.status === 'canceled') booking.status = 'refunded';
    booking.version += 1;
  }
}
