import type { BookingConfirmed, LessonConflicted } from '@scheduling/contracts';
import type { Booking } from './bookings.entity.ts';

/** The whole public state of a booking, as every event about it carries it. */
export const bookingFacts = (booking: Booking, tutorTimezone: string): BookingConfirmed => ({
  ...lessonOf(booking),
  status: booking.status,
  price_cents: booking.priceCents,
  currency: booking.currency,
  payment_method: booking.paymentMethod,
  join_link: booking.joinLink,
  tutor_timezone: tutorTimezone,
});

/** A lesson whose tutor no longer offers its time, as it is reported. */
export const conflictFacts = (booking: Booking, tutorTimezone: string): LessonConflicted => ({
  ...lessonOf(booking),
  tutor_timezone: tutorTimezone,
});

const lessonOf = (booking: Booking) => ({
  booking_id: booking.id,
  version: booking.version,
  slot_id: booking.slotId,
  tutor_id: booking.tutorId,
  student_id: booking.studentId,
  start_at: booking.startAt.toISOString(),
  end_at: booking.endAt.toISOString(),
});
