import { Controller } from '@nestjs/common';
import {
  BookingCanceled,
  BookingConfirmed,
  BookingRescheduled,
  LessonLinkReady,
  ProposalAnswered,
} from '@scheduling/contracts';
import { On } from '@scheduling/events';
import type { Tx } from '@scheduling/persistence';
import { EchoesService } from './echoes.service.ts';
import { LessonsService } from './lessons.service.ts';

@Controller()
export class LessonsConsumer {
  constructor(
    private readonly lessons: LessonsService,
    private readonly echoes: EchoesService,
  ) {}

  /** Plans to write a lesson into both calendars. */
  @On(BookingConfirmed, 'calendar-sync.lessons')
  confirmed(tx: Tx, booking: BookingConfirmed): Promise<void> {
    return this.lessons.keep(tx, booking);
  }

  /** Plans to move it in both. */
  @On(BookingRescheduled, 'calendar-sync.lessons')
  rescheduled(tx: Tx, booking: BookingRescheduled): Promise<void> {
    return this.lessons.keep(tx, booking);
  }

  /** Plans to show its new link in both. */
  @On(LessonLinkReady, 'calendar-sync.lessons')
  linked(tx: Tx, booking: LessonLinkReady): Promise<void> {
    return this.lessons.keep(tx, booking);
  }

  /** Plans to take it out of both. */
  @On(BookingCanceled, 'calendar-sync.lessons')
  canceled(tx: Tx, booking: BookingCanceled): Promise<void> {
    return this.lessons.keep(tx, booking);
  }

  /** Plans to put back what its owner had moved, where the other side does not want that. */
  @On(ProposalAnswered, 'calendar-sync.lessons')
  answered(tx: Tx, proposal: ProposalAnswered): Promise<void> {
    return this.echoes.answered(tx, proposal);
  }
}
