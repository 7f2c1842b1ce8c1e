import { Controller } from '@nestjs/common';
import {
  BookingCanceled,
  BookingConfirmed,
  BookingRefunded,
  BookingRescheduled,
  LessonConflicted,
  LessonLinkReady,
  PaymentFailed,
  ProposalAnswered,
  ProposalMade,
  WaitlistOffered,
} from '@scheduling/contracts';
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

  /** Plans to tell both people that their lesson has a new time. */
  @On(BookingRescheduled, 'notification.bookings')
  rescheduled(tx: Tx, event: BookingRescheduled): Promise<void> {
    return this.messages.plan(tx, { kind: 'booking_rescheduled', event });
  }

  /** Plans to tell the student that their money has come back. */
  @On(BookingRefunded, 'notification.bookings')
  refunded(tx: Tx, event: BookingRefunded): Promise<void> {
    return this.messages.plan(tx, { kind: 'booking_refunded', event });
  }

  /** Plans to tell the student that their lesson could not be paid for. */
  @On(PaymentFailed, 'notification.bookings')
  unpaid(tx: Tx, event: PaymentFailed): Promise<void> {
    return this.messages.plan(tx, { kind: 'payment_failed', event });
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
    return this.messages.plan(tx, { kind: 'lesson_link_ready', event });
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
}
