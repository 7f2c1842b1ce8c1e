import { BookingError, type BookingId, type PersonId, type SlotId } from '@scheduling/domain';
import fc from 'fast-check';
import { type Scenario, scenario } from './scenario.ts';

const DAY_MS = 86_400_000;
const buffers = fc.constantFrom(0, 15, 30);

/** What may happen between one look at the list and the next. */
const happening = fc.oneof(
  fc.record({
    what: fc.constant('publish' as const),
    minutes: fc.constantFrom(30, 45, 60, 90),
    capacity: fc.constantFrom(1, 1, 2),
    starts: fc.subarray(Array.from({ length: 16 }, (_, i) => i * 45)),
    before: buffers,
    after: buffers,
  }),
  fc.record({ what: fc.constant('hold' as const), pick: fc.nat(50) }),
  fc.record({ what: fc.constant('book' as const), pick: fc.nat(50) }),
  fc.record({ what: fc.constant('cancel' as const), pick: fc.nat(50), byTutor: fc.boolean() }),
  fc.record({ what: fc.constant('wait' as const), minutes: fc.constantFrom(3, 7, 11) }),
);
type Happening = typeof happening extends fc.Arbitrary<infer What> ? What : never;

/** A tutor's day as it goes on, and the lessons that are booked in it. */
interface Day {
  readonly tutor: PersonId;
  /** When the first lesson may start, in ms. */
  readonly begins: number;
  readonly booked: { id: BookingId; studentId: PersonId }[];
}

async function happen(s: Scenario, { tutor, begins, booked }: Day, event: Happening): Promise<void> {
  if (event.what === 'wait') return s.clock.advance(event.minutes);
  if (event.what === 'publish') {
    const { minutes, capacity, before, after } = event;
    const starts = event.starts.map((minute) => new Date(begins + minute * 60_000).toISOString());
    return s.publish(tutor, {
      starts,
      minutes,
      capacity,
      terms: { buffer_before_minutes: before, buffer_after_minutes: after },
    });
  }
  if (event.what === 'cancel') {
    const [lesson] = booked.splice(event.pick % (booked.length || 1), 1);
    if (lesson) await s.cancel(event.byTutor ? tutor : lesson.studentId, lesson.id);
    return;
  }
  const listed = await s.listed(tutor);
  const slot = listed[event.pick % (listed.length || 1)];
  if (slot && event.what === 'hold') await s.hold(s.person(), slot.id);
  if (slot && event.what === 'book') booked.push(await s.book(slot.id));
}

/** Whether a new student gets the slot, who then lets go of it at once. */
async function canBeHeld(s: Scenario, slot: SlotId): Promise<boolean> {
  try {
    await s.letGo((await s.hold(s.person(), slot)).hold);
    return true;
  } catch (error) {
    if (error instanceof BookingError) return false;
    throw error;
  }
}

it('whatever is listed can be held, and nothing that can be held is missing', async () => {
  const s = await scenario();
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { minLength: 3, maxLength: 14 }), async (events) => {
      const day: Day = { tutor: s.person(), begins: s.clock.now().getTime() + DAY_MS, booked: [] };
      await s.publish(day.tutor, { starts: [new Date(day.begins).toISOString()] });
      for (const event of events) await happen(s, day, event);

      const listed = new Set((await s.listed(day.tutor)).map(({ id }) => id));
      const all: { id: SlotId }[] = await s.source.query('select id from slots where tutor_id = $1', [day.tutor]);
      for (const { id } of all) expect([id, listed.has(id)]).toEqual([id, await canBeHeld(s, id)]);
    }),
    { numRuns: 40, seed: 20_300_302 },
  );
  await s.end();
}, 120_000);
