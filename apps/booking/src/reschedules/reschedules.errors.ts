import { BookingError, type BookingId, type Money } from '@scheduling/domain';
import type { Booking } from '../bookings/bookings.entity.ts';
import type { Slot } from '../slots/slots.store.ts';

export class NotMovable extends BookingError {
  readonly kind = 'conflict';
  readonly code = 'booking_not_movable';

  constructor({ id, status }: Booking) {
    super('Only a booking that stands can be moved.', { booking_id: id, booking_status: status });
  }
}

export class AnotherTutor extends BookingError {
  readonly kind = 'invalid';
  readonly code = 'another_tutor';

  constructor(id: BookingId, slot: Slot) {
    super('A lesson can only be moved to another time of its own tutor.', { booking_id: id, slot_id: slot.id });
  }
}

export class TooLateToMove extends BookingError {
  readonly kind = 'conflict';
  readonly code = 'too_late_to_move';

  constructor({ id }: Booking, until: Date) {
    super('By its policy the lesson can no longer be moved.', { booking_id: id, movable_until: until });
  }
}

export class MovedTooOften extends BookingError {
  readonly kind = 'conflict';
  readonly code = 'moved_too_often';

  constructor({ id }: Booking, limit: number) {
    super('By its policy the lesson has been moved as often as it may be.', { booking_id: id, limit });
  }
}

export class PriceDiffers extends BookingError {
  readonly kind = 'conflict';
  readonly code = 'price_differs';

  constructor({ id, priceCents, currency }: Booking, now: Money) {
    super('The lesson would cost something else at that time.', {
      booking_id: id,
      price_cents: priceCents,
      currency,
      new_price_cents: now.cents,
      new_currency: now.currency,
    });
  }
}
