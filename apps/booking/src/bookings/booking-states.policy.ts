import type { Booking, BookingStatus } from './bookings.entity.ts';
import { BookingNotActive, IllegalTransition } from './bookings.errors.ts';

/** What may follow on what; whatever is not here is refused by name. */
const NEXT: Readonly<Record<BookingStatus, readonly BookingStatus[]>> = {
  pending_payment: ['confirmed', 'canceled'],
  confirmed: ['completed', 'canceled'],
  completed: [],
  canceled: ['refunded'],
  refunded: [],
};

/** Refuses to take a booking into a state that cannot follow on its own; to stay is no transition. */
export function refuseTransition(booking: Booking, to: BookingStatus): void {
  if (booking.status === to || NEXT[booking.status].includes(to)) return;
  throw to === 'canceled' ? new BookingNotActive(booking) : new IllegalTransition(booking, to);
}

/** Whether the seat is the student's: paid for, or about to be. */
export const isActive = ({ status }: Booking): boolean => status === 'confirmed' || status === 'pending_payment';

/** Whether a lesson was called off. */
export const isOff = ({ status }: Booking): boolean => status === 'canceled' || status === 'refunded';
