import { Controller } from '@nestjs/common';
import {
  BookingCanceled,
  BookingCompleted,
  BookingConfirmed,
  BookingNoShow,
  BookingPendingPayment,
  BookingRefunded,
  BookingRescheduled,
  LessonConflicted,
  LessonLinkReady,
  PaymentFailed,
  ProposalAnswered,
  ProposalMade,
  SeriesBooked,
  SeriesDatesSkipped,
  SlotHeld,
  SlotReleased,
  WaitlistOffered,
} from '@scheduling/contracts';
import { On } from '@scheduling/events';
import type { Tx } from '@scheduling/persistence';
import { RemindersService } from '../reminders/reminders.service.ts';
import { MessagesService } from './messages.service.ts';

@Controller()
export class MessagesConsumer {
  constructor(
    private readonly messages: MessagesService,
    private readonly reminders: RemindersService,
  ) {}

  /** Plans to tell both people that their lesson is booked. */
  @On(BookingConfirmed, 'notification.bookings')
  confirmed(tx: Tx, event: BookingConfirmed): Promise<void> {
    return this.reminders.tell(tx, { kind: 'booking_confirmed', event });
  }

  /** Plans to tell both people that their lesson will not take place. */
  @On(BookingCanceled, 'notification.bookings')
  canceled(tx: Tx, event: BookingCanceled): Promise<void> {
    return this.reminders.tell(tx, { kind: 'booking_canceled', event });
  }

  /** Plans to tell both people that their lesson has a new time. */
  @On(BookingRescheduled, 'notification.bookings')
  rescheduled(tx: Tx, event: BookingRescheduled): Promise<void> {
    return this.reminders.tell(tx, { kind: 'booking_rescheduled', event });
  }

  /** Plans to tell the student that their money has come back. */
  @On(BookingRefunded, 'notification.bookings')
  refunded(tx: Tx, event: BookingRefunded): Promise<void> {
    return this.reminders.tell(tx, { kind: 'booking_refunded', event });
  }

  /** Plans to tell the student that their lesson could not be paid for. */
  @On(PaymentFailed, 'notification.bookings')
  unpaid(tx: Tx, event: PaymentFailed): Promise<void> {
    return this.reminders.tell(tx, { kind: 'payment_failed', event });
  }

  /** Plans to tell the first in line that a seat is kept for them. */
  @On(WaitlistOffered, 'notification.bookings')
  offered(tx: Tx, event: WaitlistOffered): Promise<void> {
    return this.messages.plan(tx, { kind: 'waitlist_offered', event });
  }

  /** Plans to tell the tutor that a lesson stands where they no longer want to teach. */
  @On(LessonConflicted, 'notification.bookings')
  conflicted(tx: Tx, event: LessonConflicted): Promise<void> {
    return this.messages.plan(tx, { kind: 'lesson_conflicted', event });
  }

  /** Plans to tell those whose calendars do not show it that their lesson has another link. */
  @On(LessonLinkReady, 'notification.bookings')
  linked(tx: Tx, event: LessonLinkReady): Promise<void> {
    return this.reminders.tell(tx, { kind: 'lesson_link_ready', event });
  }

  /** Plans to ask the other one of a lesson's two people what they say to a proposal. */
  @On(ProposalMade, 'notification.bookings')
  proposed(tx: Tx, event: ProposalMade): Promise<void> {
    return this.messages.plan(tx, { kind: 'proposal_made', event });
  }

  /** Plans to tell who proposed something what became of it. */
  @On(ProposalAnswered, 'notification.bookings')
  answered(tx: Tx, event: ProposalAnswered): Promise<void> {
    return this.messages.plan(tx, { kind: 'proposal_answered', event });
  }

  /** Plans to hint at the end of a student's hold shortly before it. */
  @On(SlotHeld, 'notification.bookings')
  held(tx: Tx, event: SlotHeld): Promise<void> {
    return this.reminders.held(tx, event);
  }

  /** Takes that hint back. */
  @On(SlotReleased, 'notification.bookings')
  released(tx: Tx, event: SlotReleased): Promise<void> {
    return this.reminders.released(tx, event);
  }

  /** Plans to tell the student that their payment is awaited, if it takes a while. */
  @On(BookingPendingPayment, 'notification.bookings')
  awaited(tx: Tx, event: BookingPendingPayment): Promise<void> {
    return this.reminders.tell(tx, { kind: 'booking_pending_payment', event });
  }

  /** Plans to thank both people for their lesson. */
  @On(BookingCompleted, 'notification.bookings')
  completed(tx: Tx, event: BookingCompleted): Promise<void> {
    return this.reminders.tell(tx, { kind: 'booking_completed', event });
  }

  /** Plans to tell both people who did not come to their lesson. */
  @On(BookingNoShow, 'notification.bookings')
  missed(tx: Tx, event: BookingNoShow): Promise<void> {
    return this.reminders.tell(tx, { kind: 'booking_no_show', event });
  }

  /** Plans to sum up for both people what has become of each date of a series. */
  @On(SeriesBooked, 'notification.bookings')
  seriesBooked(tx: Tx, event: SeriesBooked): Promise<void> {
    return this.messages.plan(tx, { kind: 'series_booked', event });
  }

  /** Plans to tell the student which dates of their series have come to nothing. */
  @On(SeriesDatesSkipped, 'notification.bookings')
  datesSkipped(tx: Tx, event: SeriesDatesSkipped): Promise<void> {
    return this.messages.plan(tx, { kind: 'series_dates_skipped', event });
  }
}
