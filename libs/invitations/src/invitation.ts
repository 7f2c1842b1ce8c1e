import ical, {
  ICalAttendeeRole,
  ICalAttendeeStatus,
  ICalAttendeeType,
  ICalCalendarMethod,
  ICalEventStatus,
  ICalEventTransparency,
} from 'ical-generator';
import { harmlessAddress, harmlessLine, harmlessLink, harmlessText } from './harmless.ts';

/** Someone as calendars know them. */
export interface Party {
  readonly name: string;
  readonly email: string;
}

/** What one message says to one person about one lesson. */
export interface LessonInvitation {
  readonly bookingId: string;
  /** The booking's version, a whole number from 0; a calendar ignores what is older than what it has. */
  readonly version: number;
  readonly method: 'REQUEST' | 'CANCEL';
  readonly startAt: Date;
  readonly endAt: Date;
  readonly summary: string;
  readonly description: string;
  /** An http or https address; any other is left out. */
  readonly joinLink?: string;
  readonly organizer: Party;
  /** The recipient: mail programs show an invitation only to someone on its list. */
  readonly attendee: Party;
  /** When this message is made: RFC 5545 §3.8.7.2 wants a new one for each. */
  readonly stampedAt: Date;
}

/** What follows the booking's id in the UID; calendars tell lessons apart by it, so that it never changes. */
export const UID_DOMAIN = 'lessons.preply-scheduling';

/** Writes a lesson as an iCalendar object (RFC 5545) that asks for it or calls it off (RFC 5546 §3.2.2, §3.2.5), in UTC. */
export function invitation(lesson: LessonInvitation): string {
  const canceled = lesson.method === 'CANCEL';
  const link = lesson.joinLink === undefined ? undefined : harmlessLink(lesson.joinLink);
  const calendar = ical({
    // As an object, since the library breaks the leading dash of a text.
    prodId: { company: 'Preply Scheduling', product: 'Lessons', language: 'EN' },
    method: canceled ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.REQUEST,
    events: [
      {
        id: harmlessLine(`${lesson.bookingId}@${UID_DOMAIN}`),
        sequence: lesson.version,
        status: canceled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
        transparency: canceled ? ICalEventTransparency.TRANSPARENT : ICalEventTransparency.OPAQUE,
        stamp: lesson.stampedAt,
        start: lesson.startAt,
        end: lesson.endAt,
        summary: harmlessLine(lesson.summary),
        description: harmlessText(lesson.description),
        location: link ?? null,
        url: link ?? null,
        organizer: party(lesson.organizer),
        attendees: [
          {
            ...party(lesson.attendee),
            role: ICalAttendeeRole.REQ,
            type: ICalAttendeeType.INDIVIDUAL,
            status: ICalAttendeeStatus.NEEDSACTION,
            // Nobody reads the answers: a lesson is called off in the product, not in a calendar.
            rsvp: false,
          },
        ],
      },
    ],
  });
  return `${calendar.toString()}\r\n`;
}

const party = ({ name, email }: Party) => ({
  name: harmlessLine(name) || harmlessAddress(email),
  email: harmlessAddress(email),
});
