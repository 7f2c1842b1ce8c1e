import type { BookingId } from '@scheduling/domain';
import type { Booking } from '../bookings/bookings.entity.ts';
import { BookingNotFound } from '../bookings/bookings.errors.ts';
import { isActive, isOff } from '../bookings/booking-states.policy.ts';
import type { WholeSeries } from './series.store.ts';

/** What is to go; all that is left without a lesson to begin with. */
export type Extent = { readonly scope: 'one' | 'following'; readonly bookingId: BookingId } | { readonly scope: 'all' };

/** What a cancellation of a series concerns. */
export interface Affected {
  /** The lessons that are called off, each by its own policy. */
  readonly lessons: readonly Booking[];
  /** From this number on, dates without a lesson go as well; none where null. */
  readonly plannedFrom: number | null;
}

/** Chooses what goes: what is over or off already stays, unless it alone was named. */
export function affected({ dates }: Pick<WholeSeries, 'dates'>, extent: Extent, now: Date): Affected {
  const from = extent.scope === 'all' ? 1 : numberOf(dates, extent.bookingId);
  if (extent.scope === 'one') {
    const lessons = dates.flatMap(({ number, booking }) =>
      number === from && booking && !isOff(booking) ? booking : [],
    );
    return { lessons, plannedFrom: null };
  }
  const lessons = dates.flatMap(({ number, booking }) =>
    number >= from && booking && isActive(booking) && booking.startAt > now ? booking : [],
  );
  return { lessons, plannedFrom: from };
}

function numberOf(dates: WholeSeries['dates'], id: BookingId): number {
  const date = dates.find(({ bookingId }) => bookingId === id);
  if (!date) throw new BookingNotFound(id);
  return date.number;
}
