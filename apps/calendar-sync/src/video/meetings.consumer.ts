import { Controller } from '@nestjs/common';
import { BookingCanceled, BookingConfirmed, BookingRescheduled } from '@scheduling/contracts';
import { On } from '@scheduling/events';
import type { Tx } from '@scheduling/persistence';
import { MeetingsService } from './meetings.service.ts';

@Controller()
export class MeetingsConsumer {
  constructor(private readonly meetings: MeetingsService) {}

  /** Gives a lesson its room. */
  @On(BookingConfirmed, 'calendar-sync.meetings')
  confirmed(tx: Tx, booking: BookingConfirmed): Promise<void> {
    return this.meetings.keep(tx, lessonOf(booking, true));
  }

  /** Moves the room. */
  @On(BookingRescheduled, 'calendar-sync.meetings')
  rescheduled(tx: Tx, booking: BookingRescheduled): Promise<void> {
    return this.meetings.keep(tx, lessonOf(booking, true));
  }

  /** Gives the room up. */
  @On(BookingCanceled, 'calendar-sync.meetings')
  canceled(tx: Tx, booking: BookingCanceled): Promise<void> {
    return this.meetings.keep(tx, lessonOf(booking, false));
  }
}

const lessonOf = (booking: BookingConfirmed | BookingRescheduled | BookingCanceled, isWanted: boolean) => ({
  bookingId: booking.booking_id,
  tutorId: booking.tutor_id,
  version: booking.version,
  startAt: new Date(booking.start_at),
  endAt: new Date(booking.end_at),
  isWanted,
});
