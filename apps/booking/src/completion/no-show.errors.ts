import { BookingError } from '@scheduling/domain';
import type { Booking } from '../bookings/bookings.entity.ts';

export class NoSuchLesson extends BookingError {
  readonly kind = 'conflict';
  readonly code = 'lesson_not_held';

  constructor({ id, status }: Booking) {
    super('Nobody can have missed a lesson that is off or not paid for.', { booking_id: id, booking_status: status });
  }
}

export class LessonNotStarted extends BookingError {
  readonly kind = 'conflict';
  readonly code = 'lesson_not_started';

  constructor({ id, startAt }: Booking) {
    super('Whether somebody comes shows when the lesson has started.', { booking_id: id, start_at: startAt });
  }
}

export class TooLateToTell extends BookingError {
  readonly kind = 'conflict';
  readonly code = 'no_show_closed';

  constructor({ id }: Booking, until: Date) {
    super('Who did not come can be told until a day after the lesson.', { booking_id: id, until });
  }
}

export class ToldOtherwise extends BookingError {
  readonly kind = 'conflict';
  readonly code = 'no_show_told';

  constructor({ id, noShowBy }: Booking) {
    super('It has been told already that the other one did not come.', { booking_id: id, no_show_by: noShowBy });
  }
}
