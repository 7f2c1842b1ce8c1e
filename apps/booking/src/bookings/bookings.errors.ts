import { BookingError, type BookingId } from '@scheduling/domain';
import type { Booking } from './bookings.entity.ts';

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
    super('Only a confirmed booking can be canceled.', { booking_id: id, status });
  }
}

export class LessonStarted extends BookingError {
  readonly kind = 'conflict';
  readonly code = 'lesson_started';

  constructor({ id, startAt }: Booking) {
    super('The lesson has started.', { booking_id: id, start_at: startAt });
  }
}
