import type { BookingId, PersonId } from '@scheduling/domain';
import { Count, Instant, Maybe, OpenWord, Text, Uuid } from '../fields.ts';
import { booked, ids } from './booking.examples.ts';
import { EventType, SchedulingEvent } from './event.ts';

/** The event that stands for a lesson in the calendar of one of its two people. */
abstract class LessonEvent extends SchedulingEvent {
  /** The booking. */
  @Uuid() readonly booking_id!: BookingId;
  /** The version of the booking that the calendar knew. */
  @Count(1, Number.MAX_SAFE_INTEGER) readonly booking_version!: number;
  /** Whose calendar it is. */
  @Uuid() readonly user_id!: PersonId;
  /** What this person is in the lesson: `tutor` or `student`. */
  @OpenWord() readonly side!: string;
}

const written = { booking_id: booked.booking_id, booking_version: 1, user_id: ids.tutor_id, side: 'tutor' };

/** A lesson stands in somebody's calendar; stated again when the calendar gives a link, or another event stands for it. */
@EventType<LessonEventCreated>({
  type: 'scheduling.calendar-sync.LessonEventCreated.v1',
  key: (event) => event.user_id,
  examples: [
    {
      ...written,
      calendar_event_id: 'k2f9q0c1v8n3m5j7b4h6d1s0a9g2e8r5',
      join_link: 'https://meet.google.com/abc-defg-hij',
    },
  ],
})
export class LessonEventCreated extends LessonEvent {
  /** What the calendar calls the event. */
  @Text(1, 1024) readonly calendar_event_id!: string;
  /** Where the calendar lets the two meet, if it does. */
  @Maybe() @Text(1, 500) readonly join_link?: string;
}

/** Somebody has moved a lesson in their calendar, and wants to hear what becomes of it; the booking stands as it was. */
@EventType<LessonEventMoved>({
  type: 'scheduling.calendar-sync.LessonEventMoved.v1',
  key: (event) => event.user_id,
  examples: [{ ...written, start_at: '2026-12-08T14:00:00.000Z', end_at: '2026-12-08T15:00:00.000Z' }],
})
export class LessonEventMoved extends LessonEvent {
  /** Where it was moved to. */
  @Instant() readonly start_at!: string;
  /** When it ends there. */
  @Instant() readonly end_at!: string;
}

/** Somebody has taken a lesson out of their calendar, and wants to hear what becomes of it; the booking stands as it was. */
@EventType<LessonEventRemoved>({
  type: 'scheduling.calendar-sync.LessonEventRemoved.v1',
  key: (event) => event.user_id,
  examples: [written],
})
export class LessonEventRemoved extends LessonEvent {}

/** A lesson has a room of its own, made for it where its tutor chose to teach. */
@EventType<LessonMeetingCreated>({
  type: 'scheduling.calendar-sync.LessonMeetingCreated.v1',
  key: (event) => event.user_id,
  examples: [
    {
      booking_id: booked.booking_id,
      booking_version: 1,
      user_id: ids.tutor_id,
      provider: 'zoom',
      join_link: 'https://zoom.us/j/93012345678',
    },
  ],
})
export class LessonMeetingCreated extends SchedulingEvent {
  /** The booking. */
  @Uuid() readonly booking_id!: BookingId;
  /** The version of the booking that the room was made for. */
  @Count(1, Number.MAX_SAFE_INTEGER) readonly booking_version!: number;
  /** Who teaches, and chose the provider. */
  @Uuid() readonly user_id!: PersonId;
  /** `zoom`, or `link` for a link of the tutor's own. */
  @OpenWord() readonly provider!: string;
  /** Where the two meet. */
  @Text(1, 500) readonly join_link!: string;
}
