import type { BookingId, PersonId, SeriesId, SlotId } from '@scheduling/domain';
import type { BookingConfig } from '../src/config.ts';
import { NamingQueue } from '../src/reservations/naming-queue.ts';
import { NamingService } from '../src/reservations/naming.service.ts';
import type { Extent } from '../src/series/cancel-series.policy.ts';
import { ChargesService } from '../src/series/charges.service.ts';
import { MakingService, type SeriesWish } from '../src/series/making.service.ts';
import { SeriesPreview, SeriesView } from '../src/series/series.dto.ts';
import { SeriesService } from '../src/series/series.service.ts';
import { UnofferedService } from '../src/series/unoffered.service.ts';
import { type Offer, scenario } from './scenario.ts';

/** Fridays at 14:00 in Kyiv, where the clocks go forward on 31 March. */
export const FRIDAYS = ['03-08T12', '03-15T12', '03-22T12', '03-29T12', '04-05T11', '04-12T11', '04-19T11'].map(
  (hour) => `2030-${hour}:00:00.000Z`,
);
const HORIZON = '2030-05-01T00:00:00.000Z';

/** A wish but for the slot: four weeks, and nothing unless all can be had, unless told otherwise. */
export type Asked = Partial<Omit<SeriesWish, 'slotId'>> & { readonly payment?: 'credit' | 'subscription' | 'stripe' };

/** A booking service as in `scenario`, and the words for lessons that come back. */
export async function seriesScenario(settings: Partial<BookingConfig> = {}) {
  const s = await scenario(settings);
  const [making, series, charges] = [s.get(MakingService), s.get(SeriesService), s.get(ChargesService)];
  const [queue, naming] = [s.get(NamingQueue), s.get(NamingService)];
  const wish = (slotId: SlotId, { payment: _, ...asked }: Asked): SeriesWish => ({
    slotId,
    rule: 'weekly',
    ends: { count: 4 },
    onConflict: 'refuse',
    ...asked,
  });

  const story = {
    ...s,
    queue,
    naming,
    making,

    /** Has a tutor, new unless named, want lessons at these starts, as far as a horizon; answers them with their first slot. */
    async teach({
      tutor = s.person(),
      horizon = HORIZON,
      ...offer
    }: Offer & { tutor?: PersonId; horizon?: string } = {}) {
      await s.offer({ ...s.publication(tutor, { starts: FRIDAYS, ...offer }), horizon_at: horizon });
      return { tutor, slot: (await s.slotsOf(tutor))[0]! };
    },

    /** What could be had, by date: the outcome, with why. */
    async preview(student: PersonId, slot: SlotId, asked: Asked = {}): Promise<string[]> {
      const { dates } = SeriesPreview.of(await making.preview(student, wish(slot, asked)));
      return dates.map(({ outcome, code }) => (code ? `${outcome}: ${code}` : outcome));
    },

    async make(student: PersonId, slot: SlotId, asked: Asked = {}): Promise<SeriesView> {
      return SeriesView.of(
        await making.make(student, wish(slot, asked), asked.payment ?? 'credit', s.unnamed(student)),
      );
    },

    cancelSeries: async (by: PersonId, seriesId: SeriesId, extent: Extent) =>
      SeriesView.of(await series.cancel({ by, seriesId, extent, reason: 'moved away' }, s.unnamed(by))),
    find: async (person: PersonId, id: SeriesId) => SeriesView.of(await series.find(person, id)),

    /** What became of each date, with the state of its lesson. */
    async outcomes({ student_id, series_id }: SeriesView): Promise<string[]> {
      const { dates } = await story.find(student_id, series_id);
      return dates.map(({ outcome, code, booking }) => booking?.status ?? (code ? `${outcome}: ${code}` : outcome));
    },

    /** Lets reserved seats be named, as far as commits have had it so. */
    settle: () => queue.idle(),
    /** What each minute does for reserved seats. */
    minute: () => naming.catchUp(),
    /** Has nobody named after a commit, as if the process died there, until it goes on. */
    pause() {
      queue.serve(async () => {});
      return { resume: () => queue.serve((tutor) => naming.name(tutor)) };
    },

    charge: () => charges.chargeDue(),
    giveUp: () => s.get(UnofferedService).skipDue(),
    /** Lets time pass until an instant. */
    goTo: (instant: string) => s.clock.advance((Date.parse(instant) - s.clock.now().getTime()) / 60_000),

    /** How a slot is taken just now: by seat the kind of hold, or how the lesson stands. */
    taken: async (slot: SlotId): Promise<string[]> => {
      const rows: { what: string }[] = await s.source.query(
        `select coalesce((select status from bookings b where b.slot_id = c.slot_id and b.student_id = c.person_id
                             and b.status in ('confirmed', 'pending_payment')),
                         (select kind || case when student_id is null then ', nobody' else '' end from holds h
                           where h.slot_id = c.slot_id and h.status = 'held' and h.seat = c.seat)) as what
           from claims c where c.slot_id = $1 and c.seat > 0 order by seat`,
        [slot],
      );
      return rows.map(({ what }) => what);
    },

    lessons: ({ dates }: SeriesView): BookingId[] => dates.flatMap(({ booking }) => booking?.booking_id ?? []),

    async end() {
      await queue.idle();
      await s.end();
    },
  };
  return story;
}

export type SeriesScenario = Awaited<ReturnType<typeof seriesScenario>>;
