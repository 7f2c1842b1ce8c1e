import { BookingCanceled, BookingConfirmed, BookingRescheduled, LessonLinkReady } from '@scheduling/contracts';
import { newId, type SlotId } from '@scheduling/domain';
import type { calendar_v3 } from 'googleapis/build/src/apis/calendar';
import { lesson, scenario, type Settings, type Someone } from './scenario.ts';

const HOUR = 3_600_000;
const later = (instant: string, hours: number) => new Date(Date.parse(instant) + hours * HOUR).toISOString();

/** The same lesson so many hours later, as booking tells it. */
export const moved = (of: BookingConfirmed, hours = 1): BookingRescheduled =>
  BookingRescheduled.of<BookingRescheduled>({
    ...of,
    version: of.version + 1,
    slot_id: newId<SlotId>(),
    start_at: later(of.start_at, hours),
    end_at: later(of.end_at, hours),
    previous_slot_id: of.slot_id,
    previous_start_at: of.start_at,
    previous_end_at: of.end_at,
    rescheduled_by: of.student_id,
    reason: null,
  });

/** Its cancellation. */
export const canceled = (of: BookingConfirmed): BookingCanceled =>
  BookingCanceled.of<BookingCanceled>({
    ...of,
    version: of.version + 1,
    status: 'refunded',
    canceled_by: of.student_id,
    reason: null,
  });

/** The same lesson behind another link. */
export const linked = (of: BookingConfirmed, join_link: string): LessonLinkReady =>
  LessonLinkReady.of<LessonLinkReady>({ ...of, version: of.version + 1, join_link });

/** A tutor and a student with connected calendars, and words for what stands in them. */
export async function lessonsScenario(settings?: Settings) {
  const s = await scenario(settings);
  const [olena, sam] = [await s.connected('Olena', 'Europe/Kyiv'), await s.connected('Sam', 'America/New_York')];
  await s.settle();
  const story = {
    ...s,
    olena,
    sam,

    /** A lesson of the two, said and written. */
    async booked(more: Partial<BookingConfirmed> = {}): Promise<BookingConfirmed> {
      const booked = lesson(olena, sam, more);
      await s.say(booked);
      await s.settle();
      return booked;
    },

    /** What stands in somebody's calendar for a lesson. */
    shown: ({ email }: Someone, of: BookingConfirmed, calendarId?: string): calendar_v3.Schema$Event[] =>
      s.google
        .events(email, calendarId)
        .filter(({ extendedProperties }) => extendedProperties?.private?.['scheduling_booking_id'] === of.booking_id),

    /** When a lesson starts in each of the two calendars; one start for each event. */
    starts: (of: BookingConfirmed): string[][] =>
      [olena, sam].map((who) => story.shown(who, of).map(({ start }) => new Date(start!.dateTime!).toISOString())),

    /** Sets what becomes of what the tutor's lessons are dragged to. */
    onMoved: (on_moved: 'restore' | 'propose') =>
      s.ask('/calendar/settings', { as: olena, method: 'PUT', body: { on_moved } }),

    /** Has all that was postponed tried now. */
    async hurry(): Promise<void> {
      await s.source.query("update lesson_events set next_attempt_at = now() where state = 'planned'");
      await s.source.query("update watched_calendars set next_attempt_at = now() where state = 'planned'");
      await s.settle();
    },
  };
  return story;
}

export type LessonsScenario = Awaited<ReturnType<typeof lessonsScenario>>;
