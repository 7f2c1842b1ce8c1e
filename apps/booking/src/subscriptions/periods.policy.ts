import type { Unit } from '../plans/units.ts';

/** From one instant to another, which is not in it. */
export interface Span {
  readonly startsAt: Date;
  readonly endsAt: Date;
}

const WEEK = 7 * 86_400_000;

/** The period that an instant, the anchor's own or later, is in, where each begins at the anchor's time of day in UTC. */
export function periodAt(anchor: Date, unit: Unit, now: Date): Span {
  const number = unit === 'week' ? weeksBetween(anchor, now) : monthsBetween(anchor, now);
  return { startsAt: startOf(anchor, unit, number), endsAt: startOf(anchor, unit, number + 1) };
}

const startOf = (anchor: Date, unit: Unit, number: number): Date =>
  unit === 'week' ? new Date(anchor.getTime() + number * WEEK) : addMonths(anchor, number);

const weeksBetween = (from: Date, to: Date): number => Math.floor((to.getTime() - from.getTime()) / WEEK);

function monthsBetween(from: Date, to: Date): number {
  const months = (to.getUTCFullYear() - from.getUTCFullYear()) * 12 + to.getUTCMonth() - from.getUTCMonth();
  return addMonths(from, months) > to ? months - 1 : months;
}

/** The same day of a later month, or that month's last where it is shorter. Always from the anchor: the 31st comes back. */
function addMonths(anchor: Date, months: number): Date {
  const [year, month] = [anchor.getUTCFullYear(), anchor.getUTCMonth() + months];
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const start = new Date(anchor);
  start.setUTCFullYear(year, month, Math.min(anchor.getUTCDate(), lastDay));
  return start;
}
