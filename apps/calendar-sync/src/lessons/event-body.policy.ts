import type { PersonId } from '@scheduling/domain';
import type { calendar_v3 } from 'googleapis/build/src/apis/calendar';
import type { LessonEvent } from './lesson-events.store.ts';
import type { ShownLesson } from './lessons.store.ts';

/** What our events carry for us alone: which lesson they stand for, and whose installation wrote them. */
export const PRIVATE = {
  booking: 'scheduling_booking_id',
  version: 'scheduling_version',
  env: 'scheduling_env',
  /** Two of our people may write into one calendar. */
  person: 'scheduling_person',
} as const;

/** A lesson as an event of one of its two people's calendar; all of it, so that whatever was changed there is put right. */
export function eventBody(
  lesson: ShownLesson,
  { env, person }: { env: string; person: PersonId },
): calendar_v3.Schema$Event {
  // A whole day that its owner made of it would stay beside the hour.
  const time = (at: Date) => ({ dateTime: at.toISOString(), timeZone: lesson.timezone, date: null });
  return {
    summary: lesson.otherName === '' ? 'Lesson' : `Lesson with ${lesson.otherName}`,
    description: `Join: ${lesson.joinLink}\n\nMove or cancel this lesson where you booked it: a change in this calendar alone changes nothing.`,
    location: lesson.joinLink,
    start: time(lesson.startAt),
    end: time(lesson.endAt),
    status: 'confirmed',
    transparency: 'opaque',
    reminders: { useDefault: false, overrides: [] },
    extendedProperties: {
      private: {
        [PRIVATE.booking]: lesson.bookingId,
        [PRIVATE.version]: String(lesson.version),
        [PRIVATE.env]: env,
        [PRIVATE.person]: person,
      },
    },
  };
}

/** Whether the tutor's event shall bring a room of Google's: it is asked for until there is one, or Google has said no. */
export const wantsMeet = ({ side, joinLink, meetTries }: LessonEvent, { video }: ShownLesson): boolean =>
  side === 'tutor' && video === 'google_meet' && joinLink === null && meetTries < MOST_MEET_TRIES;

/** How often one asks whether the room is there by now. */
const MOST_MEET_TRIES = 6;

/** What asks for a room; the same request twice is one to Google. */
export const meetRequest = ({ eventId }: LessonEvent): calendar_v3.Schema$Event => ({
  conferenceData: {
    createRequest: { requestId: eventId, conferenceSolutionKey: { type: 'hangoutsMeet' } },
  },
});

/** How far a room has come. */
export interface Room {
  /** Null while there is none. */
  readonly link: string | null;
  readonly isPending: boolean;
}

/** The room of an event as Google answered it. */
export function roomOf({ hangoutLink, conferenceData }: calendar_v3.Schema$Event): Room {
  const video = conferenceData?.entryPoints?.find(({ entryPointType: type }) => type === 'video')?.uri;
  const link = hangoutLink ?? video ?? null;
  return { link, isPending: link === null && conferenceData?.createRequest?.status?.statusCode === 'pending' };
}
