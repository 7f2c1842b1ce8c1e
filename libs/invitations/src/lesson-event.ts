import { type ICalEventData, ICalEventStatus, ICalEventTransparency } from 'ical-generator';
import { harmlessLine, harmlessLink, harmlessText } from './harmless.ts';
import { harmlessParty, type Party } from './party.ts';

/** What follows the booking's id in the UID; calendars tell lessons apart by it, so that it never changes. */
export const UID_DOMAIN = 'lessons.preply-scheduling';

// As an object, since the library breaks the leading dash of a text.
export const PRODUCT = { company: 'Preply Scheduling', product: 'Lessons', language: 'EN' };

/** One lesson as any file of ours shows it. */
export interface LessonEvent {
  readonly bookingId: string;
  /** The booking's version, a whole number from 0; a calendar ignores what is older than what it has. */
  readonly version: number;
  readonly startAt: Date;
  readonly endAt: Date;
  readonly summary: string;
  readonly description: string;
  /** An http or https address; any other is left out. */
  readonly joinLink?: string;
  readonly organizer: Party;
  /** An invitation is stamped when it is made (RFC 5545 §3.8.7.2 wants a new stamp for each), a feed's event when the lesson last changed. */
  readonly stampedAt: Date;
}

/** A lesson as the library takes it, in UTC; what is off takes no time. */
export function lessonEvent(lesson: LessonEvent, isOff: boolean): ICalEventData {
  const link = lesson.joinLink === undefined ? undefined : harmlessLink(lesson.joinLink);
  return {
    id: harmlessLine(`${lesson.bookingId}@${UID_DOMAIN}`),
    sequence: lesson.version,
    status: isOff ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    transparency: isOff ? ICalEventTransparency.TRANSPARENT : ICalEventTransparency.OPAQUE,
    stamp: lesson.stampedAt,
    start: lesson.startAt,
    end: lesson.endAt,
    summary: harmlessLine(lesson.summary),
    description: harmlessText(lesson.description),
    location: link ?? null,
    url: link ?? null,
    organizer: harmlessParty(lesson.organizer),
  };
}
