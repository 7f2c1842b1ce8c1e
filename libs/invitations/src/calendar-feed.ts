import ical, { ICalCalendarMethod } from 'ical-generator';
import { harmlessLine } from './harmless.ts';
import { lessonEvent, type LessonEvent, PRODUCT } from './lesson-event.ts';

/** A lesson that stands in a feed, on or off. */
export interface FeedLesson extends LessonEvent {
  readonly isOff: boolean;
}

/** All that one person's feed shows. */
export interface CalendarFeed {
  /** What calendars call it. */
  readonly name: string;
  readonly lessons: readonly FeedLesson[];
  /** How often calendars should read it, in seconds. */
  readonly everySeconds: number;
}

/**
 * Writes lessons as one iCalendar object to subscribe to (RFC 5546 §3.2.1: published, with nobody invited), in UTC. The same lessons
 * give the same octets.
 */
export function calendarFeed({ name, lessons, everySeconds }: CalendarFeed): string {
  const calendar = ical({
    prodId: PRODUCT,
    method: ICalCalendarMethod.PUBLISH,
    name: harmlessLine(name),
    ttl: everySeconds,
    events: lessons.map((lesson) => lessonEvent(lesson, lesson.isOff)),
  });
  return `${calendar.toString()}\r\n`;
}
