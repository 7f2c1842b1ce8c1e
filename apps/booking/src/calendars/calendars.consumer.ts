import { Controller } from '@nestjs/common';
import { LessonEventCreated, LessonEventMoved, LessonEventRemoved, LessonMeetingCreated } from '@scheduling/contracts';
import { On } from '@scheduling/events';
import type { Tx } from '@scheduling/persistence';
import { ProposingService } from '../proposals/proposing.service.ts';
import { LinksService } from './links.service.ts';

const CALENDARS = 'booking.calendars';

@Controller()
export class CalendarsConsumer {
  constructor(
    private readonly links: LinksService,
    private readonly proposing: ProposingService,
  ) {}

  /** Keeps what a calendar calls a lesson, and the link that it has for it. */
  @On(LessonEventCreated, CALENDARS)
  written(tx: Tx, event: LessonEventCreated): Promise<void> {
    return this.links.written(tx, event);
  }

  /** Takes over the link to a lesson's room. */
  @On(LessonMeetingCreated, CALENDARS)
  met(tx: Tx, event: LessonMeetingCreated): Promise<void> {
    return this.links.met(tx, event);
  }

  /** Asks the other one whether the lesson is to be moved. */
  @On(LessonEventMoved, CALENDARS)
  moved(tx: Tx, event: LessonEventMoved): Promise<void> {
    const time = { startAt: new Date(event.start_at), endAt: new Date(event.end_at) };
    return this.proposing.propose(tx, knownBy(event), { by: event.user_id, kind: 'reschedule', time });
  }

  /** Asks the other one whether the lesson is to be called off. */
  @On(LessonEventRemoved, CALENDARS)
  removed(tx: Tx, event: LessonEventRemoved): Promise<void> {
    return this.proposing.propose(tx, knownBy(event), { by: event.user_id, kind: 'cancel', time: null });
  }
}

const knownBy = ({ booking_id: id, booking_version: version }: LessonEventMoved | LessonEventRemoved) => ({
  id,
  version,
});
