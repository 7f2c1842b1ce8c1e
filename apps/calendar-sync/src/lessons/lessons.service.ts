import { Injectable } from '@nestjs/common';
import type { BookingConfirmed } from '@scheduling/contracts';
import { lockPeople, type Tx } from '@scheduling/persistence';
import { LessonEventsService } from './lesson-events.service.ts';
import { keepLesson, type Lesson } from './lessons.store.ts';

/** What a booking is while its lesson takes place, or has. */
const ON = new Set(['confirmed', 'completed']);

@Injectable()
export class LessonsService {
  constructor(private readonly events: LessonEventsService) {}

  /** Keeps what booking says of a lesson, unless something newer is known, and plans what calendars show of it. */
  async keep(tx: Tx, booking: BookingConfirmed): Promise<void> {
    const lesson = lessonOf(booking);
    await lockPeople(tx, [lesson.tutorId, lesson.studentId]);
    if (await keepLesson(tx, lesson)) await this.events.replanLesson(tx, lesson.bookingId);
  }
}

const lessonOf = (booking: BookingConfirmed): Lesson => ({
  bookingId: booking.booking_id,
  version: booking.version,
  tutorId: booking.tutor_id,
  studentId: booking.student_id,
  startAt: new Date(booking.start_at),
  endAt: new Date(booking.end_at),
  isOn: ON.has(booking.status),
  joinLink: booking.join_link,
  tutorTimezone: booking.tutor_timezone,
});
