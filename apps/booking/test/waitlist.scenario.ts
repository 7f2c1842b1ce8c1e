import type { BookingId, PersonId, SlotId, WaitlistId } from '@scheduling/domain';
import { ReschedulesService } from '../src/reschedules/reschedules.service.ts';
import { NamingQueue } from '../src/reservations/naming-queue.ts';
import { NamingService } from '../src/reservations/naming.service.ts';
import { SearchService } from '../src/search/search.service.ts';
import type { Span } from '../src/slots/caps.policy.ts';
import { JoinService } from '../src/waitlist/join.service.ts';
import { WaitlistService } from '../src/waitlist/waitlist.service.ts';
import { scenario } from './scenario.ts';

/** A booking service as in `scenario`, and the words for those who wait. */
export async function waitlistScenario() {
  const s = await scenario();
  const [joining, waitlist] = [s.get(JoinService), s.get(WaitlistService)];
  const [queue, naming] = [s.get(NamingQueue), s.get(NamingService)];

  const story = {
    ...s,
    queue,
    naming,
    waitlist,

    /** Puts a student, new unless named, at the end of the line for a slot or a window; answers who it is and their place. */
    async join(tutor: PersonId, wanted: SlotId | Span, student = s.person()) {
      const { entry, isRepeated } = await joining.join(student, { tutorId: tutor, wanted }, s.unnamed(student));
      return { id: entry.id, student, isRepeated };
    },

    /** What a search of that day finds of a tutor. */
    async found(tutor: PersonId) {
      const window = { start: '2030-03-01', end: '2030-03-01', timezone: 'UTC' };
      const asked = { window, tutorIds: [tutor], minPrice: null, maxPrice: null, after: null, limit: 10 };
      return (await s.get(SearchService).find(asked)).found;
    },

    /** Lets those who wait be asked, as far as commits have had it so. */
    settle: () => queue.idle(),

    /** What each minute does for those who wait. */
    async minute() {
      await waitlist.tidy();
      await naming.catchUp();
    },

    /** Has nobody asked after a commit, as if the process died there, until it goes on: what was missed then stays so. */
    pause() {
      queue.serve(async () => {});
      return { resume: () => queue.serve((tutor) => naming.name(tutor)) };
    },

    /** A lesson that somebody has booked, at noon unless told otherwise. */
    async taken(time = '12:00') {
      const tutor = s.person();
      const slot = await s.slot({ tutor, starts: [`2030-03-01T${time}:00.000Z`] });
      return { tutor, slot, booking: await s.book(slot) };
    },

    /** Moves a lesson to another slot of its tutor's. */
    move: (by: PersonId, bookingId: BookingId, newSlotId: SlotId) =>
      s.get(ReschedulesService).move({ by, bookingId, newSlotId, reason: null }, s.unnamed(by)),

    /** The lessons that stand in a slot, by seat. */
    bookingsIn: (slot: SlotId): Promise<{ id: BookingId; studentId: PersonId }[]> =>
      s.source.query(
        `select id, student_id as "studentId" from bookings where slot_id = $1 and status = 'confirmed' order by seat`,
        [slot],
      ),

    /** Cancels the one lesson that stands in a slot. */
    async cancelIn(slot: SlotId) {
      const [booking] = await story.bookingsIn(slot);
      return s.cancel(booking!.studentId, booking!.id);
    },

    leave: ({ student, id }: { student: PersonId; id: WaitlistId }) => waitlist.leave(student, id),

    place: ({ student, id }: { student: PersonId; id: WaitlistId }) => waitlist.find(student, id),
    statusOf: async (whose: { student: PersonId; id: WaitlistId }) => (await story.place(whose)).entry.status,

    /** What happened to a place and why, the oldest first. */
    stepsOf: async (whose: { student: PersonId; id: WaitlistId }) =>
      (await story.place(whose)).steps.map(({ what, reason }) => (reason ? `${what}: ${reason}` : what)).toReversed(),

    /** Who has a hold on a slot just now, with its kind. */
    holders: (slot: SlotId): Promise<{ student_id: PersonId | null; kind: string; seat: number }[]> =>
      s.source.query(
        "select student_id, kind, seat from holds where slot_id = $1 and status = 'held' and expires_at > $2 order by seat",
        [slot, s.clock.now()],
      ),

    async end() {
      await queue.idle();
      await s.end();
    },
  };
  return story;
}

export type WaitlistScenario = Awaited<ReturnType<typeof waitlistScenario>>;
