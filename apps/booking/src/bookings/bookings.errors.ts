import { BookingError, type BookingId } from '@scheduling/domain';
import type { Booking, BookingStatus } from './bookings.entity.ts';

export class BookingNotFound extends BookingError {
  readonly kind = 'missing';
  readonly code = 'booking_not_found';

  constructor(id: BookingId) {
    super('There is no such booking of yours.', { booking_id: id });
  }
}

export class BookingNotActive extends BookingError {
  readonly kind = 'conflict';
  readonly code = 'booking_not_active';

  constructor({ id, status }: Booking) {
    super('Only a booking that stands can be canceled.', { booking_id: id, booking_status: status });
  }
}

export class IllegalTransition extends BookingError {
  readonly kind = 'conflict';
  readonly code = 'illegal_transition';

  constructor({ id, status }: Booking, to: BookingStatus) {
    super('The booking is in a state that this cannot follow on.', {
      booking_id: id,
      booking_status: status,
      wanted: to,
    });
  }
}

export class LessonStarted extends BookingError {
  readonly kind = 'conflict';
  readonly code = 'lesson_started';

  constructor({ id, startAt }: Booking) {
    super('The lesson has started.', { booking_id: id, start_at: startAt });
  }
}

export class PaymentUnderWay extends BookingError {
  readonly kind = 'conflict';
  readonly code = 'payment_under_way';

  constructor({ id }: Booking) {
    super('The lesson is being paid for just now. Try again in a moment.', { booking_id: id });
  }
}
