import ical, { ICalAttendeeRole, ICalAttendeeStatus, ICalAttendeeType, ICalCalendarMethod } from 'ical-generator';
import { lessonEvent, type LessonEvent, PRODUCT } from './lesson-event.ts';
import { harmlessParty, type Party } from './party.ts';

/** What one message says to one person about one lesson. */
export interface LessonInvitation extends LessonEvent {
  readonly method: 'REQUEST' | 'CANCEL';
  /** The recipient: mail programs show an invitation only to someone on its list. */
  readonly attendee: Party;
}

/** Writes a lesson as an iCalendar object (RFC 5545) that asks for it or calls it off (RFC 5546 §3.2.2, §3.2.5), in UTC. */
export function invitation(lesson: LessonInvitation): string {
  const isOff = lesson.method === 'CANCEL';
  const attendee = {
    ...harmlessParty(lesson.attendee),
    role: ICalAttendeeRole.REQ,
    type: ICalAttendeeType.INDIVIDUAL,
    status: ICalAttendeeStatus.NEEDSACTION,
    // Nobody reads the answers: a lesson is called off in the product, not in a calendar.
    rsvp: false,
  };
  const calendar = ical({
    prodId: PRODUCT,
    method: isOff ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.REQUEST,
    events: [{ ...lessonEvent(lesson, isOff), attendees: [attendee] }],
  });
  return `${calendar.toString()}\r\n`;
}
