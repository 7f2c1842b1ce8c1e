import { Controller } from '@nestjs/common';
import { BookingCanceled, BookingConfirmed, LessonConflicted } from '@scheduling/contracts';
import { On } from '@scheduling/events';
import type { Tx } from '@scheduling/persistence';
import { MessagesService } from './messages.service.ts';

@Controller()
export class MessagesConsumer {
  constructor(private readonly messages: MessagesService) {}

  /** Plans to tell both people that their lesson is booked. */
  @On(BookingConfirmed, 'notification.bookings')
  confirmed(tx: Tx, event: BookingConfirmed): Promise<void> {
    return this.messages.plan(tx, { kind: 'booking_confirmed', event });
  }

  /** Plans to tell both people that their lesson will not take place. */
  @On(BookingCanceled, 'notification.bookings')
  canceled(tx: Tx, event: BookingCanceled): Promise<void> {
    return this.messages.plan(tx, { kind: 'booking_canceled', event });
  }

  /** Plans to tell the tutor that a lesson stands where they no longer want to teach. */
  @On(LessonConflicted, 'notification.bookings')
  conflicted(tx: Tx, event: LessonConflicted): Promise<void> {
    return this.messages.plan(tx, { kind: 'lesson_conflicted', event });
  }
}
