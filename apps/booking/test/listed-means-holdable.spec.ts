import { BookingError, type BookingId, type PersonId, type SlotId, type WaitlistId } from '@scheduling/domain';
import fc from 'fast-check';
import { SlotOpen } from '../src/waitlist/waitlist.errors.ts';
import { type WaitlistScenario, waitlistScenario } from './waitlist.scenario.ts';

const DAY_MS = 86_400_000;

/**
 * When lessons may start, from a Wednesday at eight in the evening: every half an hour, for ten hours, every other night.
 * They may overlap, local days end on each night, and a week on the last.
 */
const MINUTES = [0, 2, 4].flatMap((day) => Array.from({ length: 20 }, (_, i) => day * 1440 + i * 30));

/** What a tutor may change; a limit that is not given is none. */
const terms = fc.record(
  {
    timezone: fc.constantFrom('Europe/Kyiv', 'America/New_York', 'Pacific/Auckland'),
    buffer_before_minutes: fc.constantFrom(0, 15, 30),
    buffer_after_minutes: fc.constantFrom(0, 15, 30),
    minimum_notice_minutes: fc.constantFrom(0, 120, 7200),
    maximum_lessons_per_day: fc.constantFrom(1, 2),
    maximum_lessons_per_week: fc.constantFrom(1, 2, 3),
  },
  { requiredKeys: ['buffer_before_minutes', 'buffer_after_minutes'] },
);

/** What may happen between one look at the list and the next. */
const publication = fc.record({
  what: fc.constant('publish' as const),
  minutes: fc.constantFrom(30, 45, 60, 90),
  capacity: fc.constantFrom(1, 1, 2),
  starts: fc.subarray(MINUTES, { maxLength: 24 }),
  terms,
});
const taking = fc.record({ what: fc.constantFrom('hold' as const, 'book' as const), pick: fc.nat(50) });
const happening = fc.oneof(
  publication,
  taking,
  taking,
  fc.record({ what: fc.constant('cancel' as const), pick: fc.nat(50), byTutor: fc.boolean(), reopen: fc.boolean() }),
  fc.record({ what: fc.constant('wait' as const), minutes: fc.constantFrom(3, 7, 11) }),
  fc.record({ what: fc.constantFrom('join' as const, 'leave' as const, 'let go' as const), pick: fc.nat(50) }),
  fc.record({ what: fc.constant('join' as const), from: fc.constantFrom(...MINUTES), pick: fc.nat(50) }),
  // Nobody is asked before: commits that reserve seats, and what is asked of those who wait, may be far apart.
  fc.record({ what: fc.constant('ask' as const) }),
);
type Happening = typeof happening extends fc.Arbitrary<infer What> ? What : never;

/** A tutor's week as it goes on, and the lessons that are booked in it. */
interface Week {
  readonly tutor: PersonId;
  /** When the first lesson may start, in ms. */
  readonly begins: number;
  readonly booked: { id: BookingId; studentId: PersonId }[];
  readonly waiting: { id: WaitlistId; student: PersonId }[];
}

/** Eight in the evening of a Wednesday, in UTC, at least a day away. */
function wednesdayAfter(now: Date): number {
  const evening = new Date(now.getTime() + DAY_MS).setUTCHours(20, 0, 0, 0);
  return evening + ((10 - new Date(evening).getUTCDay()) % 7) * DAY_MS;
}

async function happen(s: WaitlistScenario, week: Week, event: Happening): Promise<void> {
  const { tutor, begins, booked, waiting } = week;
  if (event.what === 'wait') return s.clock.advance(event.minutes);
  if (event.what === 'ask') return s.minute();
  if (event.what === 'join') return wait(s, week, event);
  if (event.what === 'leave' || event.what === 'let go') {
    const [place] = waiting.splice(event.pick % (waiting.length || 1), 1);
    const offer = place && (await s.place(place)).offer;
    if (place && event.what === 'leave') await s.leave(place);
    else if (offer) await s.holds.release(place.student, offer.slotId);
    return;
  }
  if (event.what === 'publish') {
    const starts = event.starts.map((minute) => new Date(begins + minute * 60_000).toISOString());
    return s.publish(tutor, { ...event, starts });
  }
  if (event.what === 'cancel') {
    const [lesson] = booked.splice(event.pick % (booked.length || 1), 1);
    if (lesson) await s.cancel(event.byTutor ? tutor : lesson.studentId, lesson.id, event.reopen);
    return;
  }
  const listed = await s.listed(tutor);
  const slot = listed[event.pick % (listed.length || 1)];
  if (slot && event.what === 'hold') await s.hold(s.person(), slot.id);
  if (slot && event.what === 'book') booked.push(await s.book(slot.id));
}

/** Has a new student wait for a slot, or for three hours from a minute of the week on; where a seat is free, nobody waits. */
async function wait(
  s: WaitlistScenario,
  { tutor, begins, waiting }: Week,
  { from: minute, pick }: { from?: number; pick: number },
): Promise<void> {
  const slots = await s.slotsOf(tutor);
  const from = new Date(begins + (minute ?? 0) * 60_000);
  const window = { from, until: new Date(from.getTime() + DAY_MS / 8) };
  const wanted = minute === undefined ? slots[pick % slots.length]! : window;
  try {
    waiting.push(await s.join(tutor, wanted));
  } catch (error) {
    if (!(error instanceof SlotOpen)) throw error;
  }
}

/** Whether a new student gets the slot, who then lets go of it at once. */
async function canBeHeld(s: WaitlistScenario, slot: SlotId): Promise<boolean> {
  try {
    await s.letGo((await s.hold(s.person(), slot)).hold);
    return true;
  } catch (error) {
    if (error instanceof BookingError) return false;
    throw error;
  }
}

it('whatever is listed can be held, and nothing that can be held is missing', async () => {
  const s = await waitlistScenario();
  s.pause();
  await fc.assert(
    fc.asyncProperty(
      fc.array(happening, { minLength: 3, maxLength: 14 }),
      fc.constantFrom(...MINUTES),
      async (events, half) => {
        const week: Week = { tutor: s.person(), begins: wednesdayAfter(s.clock.now()), booked: [], waiting: [] };
        await s.publish(week.tutor, { starts: [new Date(week.begins).toISOString()] });
        for (const event of events) await happen(s, week, event);

        const listed = new Set((await s.listed(week.tutor)).map(({ id }) => id));
        const middle = new Date(week.begins + half * 60_000);
        const parts = [await s.listed(week.tutor, { until: middle }), await s.listed(week.tutor, { from: middle })];
        expect(new Set(parts.flat().map(({ id }) => id))).toEqual(listed);
        for (const id of await s.slotsOf(week.tutor)) {
          // Whoever tried before may have had an offer end, which is another's now.
          const isListed = (await s.listed(week.tutor)).some((slot) => slot.id === id);
          expect([id, isListed]).toEqual([id, await canBeHeld(s, id)]);
        }
      },
    ),
    { numRuns: 80, seed: 20_300_302 },
  );
  await s.end();
}, 120_000);
