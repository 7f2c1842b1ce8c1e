import { LessonEventCreated, LessonEventMoved, LessonEventRemoved, LessonMeetingCreated } from '@scheduling/contracts';
import type { BookingId, PersonId } from '@scheduling/domain';
import type { Booking } from '../src/bookings/bookings.entity.ts';
import { CalendarsConsumer } from '../src/calendars/calendars.consumer.ts';
import { ProposalsService } from '../src/proposals/proposals.service.ts';
import type { Proposal } from '../src/proposals/proposals.store.ts';
import { lifecycle } from './lifecycle.scenario.ts';
import { unsound } from './soundness.ts';

/** A lesson as a calendar knows it. */
type Known = Pick<Booking, 'id' | 'tutorId' | 'studentId' | 'version'>;

const HOUR = 3_600_000;

/** A booking service with the words for what calendars say of its lessons, and for what follows from that. */
export async function proposalsScenario() {
  const s = await lifecycle();
  const [calendars, proposals] = [s.get(CalendarsConsumer), s.get(ProposalsService)];
  const said = (lesson: Known, by: PersonId) => ({
    booking_id: lesson.id,
    booking_version: lesson.version,
    user_id: by,
    side: by === lesson.tutorId ? 'tutor' : 'student',
  });

  const story = {
    ...s,

    /** A tutor offers lessons of an hour at these starts, and the one that is named first is booked; the slots are in the order of time. */
    async lesson(starts: string[], offer: Partial<Parameters<typeof s.teach>[0]> = {}) {
      const { tutor, slots } = await s.teach({ ...offer, starts });
      const booking = await s.book(slots[starts.toSorted().indexOf(starts[0]!)]!);
      return { tutor, slots, booking, student: booking.studentId };
    },

    /** The event of a lesson stands in a calendar, maybe with a link. */
    write: (lesson: Known, by: PersonId, link?: string, side = said(lesson, by).side) =>
      s.db.transaction((tx) =>
        calendars.written(
          tx,
          LessonEventCreated.of({
            ...said(lesson, by),
            side,
            calendar_event_id: `event of ${by}`,
            ...(link !== undefined && { join_link: link }),
          }),
        ),
      ),

    /** A lesson has a room of its own. */
    meet: (lesson: Known, by: PersonId, link: string, provider = 'zoom') =>
      s.db.transaction((tx) =>
        calendars.met(tx, LessonMeetingCreated.of({ ...said(lesson, by), provider, join_link: link })),
      ),

    /** Somebody moves a lesson in their calendar, to an hour from this start on unless told otherwise. */
    drag: (lesson: Known, by: PersonId, start: string, end = new Date(Date.parse(start) + HOUR).toISOString()) =>
      s.db.transaction((tx) =>
        calendars.moved(tx, LessonEventMoved.of({ ...said(lesson, by), start_at: start, end_at: end })),
      ),

    /** Somebody takes a lesson out of their calendar. */
    remove: (lesson: Known, by: PersonId) =>
      s.db.transaction((tx) => calendars.removed(tx, LessonEventRemoved.of(said(lesson, by)))),

    /** The proposals about a booking, the newest first. */
    proposed: async (id: BookingId): Promise<Proposal[]> => {
      const person = String((await s.row(id)).tutor_id) as PersonId;
      return proposals.list(person, id, { after: null, limit: 100 });
    },

    /** What became of the proposals about a booking, the oldest first. */
    outcomes: async (id: BookingId) => (await story.proposed(id)).map(({ status }) => status).toReversed(),

    answer: (by: PersonId, { bookingId, id }: Pick<Proposal, 'bookingId' | 'id'>, accept: boolean) =>
      proposals.answer({ by, bookingId, proposalId: id, accept }, s.unnamed(by)),

    /** Throws where the books are wrong, or anything in the tables cannot be. */
    async checkAll(): Promise<void> {
      await s.checkBooks();
      const wrong = await unsound(s.source);
      if (Object.keys(wrong).length > 0) throw new Error(`Unsound: ${JSON.stringify(wrong, null, 2)}`);
    },

    /** The names of what was stated about a tutor's lessons since they were booked. */
    since: async (tutor: PersonId) => {
      const names = (await s.statedOf(tutor)).map(([name]) => name);
      return names.slice(names.indexOf('BookingConfirmed') + 1);
    },
  };
  return story;
}

export type ProposalsScenario = Awaited<ReturnType<typeof proposalsScenario>>;
